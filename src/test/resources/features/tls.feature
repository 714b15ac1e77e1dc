@peer
Feature: TLS
  Who answers is verified; who we are can be shown.

  Scenario: a trusted certificate
    Given a TLS peer
    And the certificates in "target/tls/ca.pem" are trusted
    When I connect
    And I send "Hello"
    Then I receive the echo
    And the tls phase takes at most 5s

  Scenario: an authority that nobody trusts
    Given a TLS peer
    When I try to connect
    Then the connection fails with tls_untrusted

  Scenario: a certificate for another name
    Given a TLS peer with a certificate for another host
    And the certificates in "target/tls/ca.pem" are trusted
    When I try to connect
    Then the connection fails with tls_hostname

  Scenario: asking for the name that the certificate is for
    Given a TLS peer with a certificate for another host
    And the certificates in "target/tls/ca.pem" are trusted
    And the server name is "example.invalid"
    When I connect
    And I send "Hello"
    Then I receive the echo

  Scenario: an expired certificate
    Given a TLS peer with an expired certificate
    And the certificates in "target/tls/ca.pem" are trusted
    When I try to connect
    Then the connection fails with tls_expired

  Scenario: whatever the certificate, if told so
    Given a TLS peer with an expired certificate
    And certificates are not verified
    When I connect
    And I send "Hello"
    Then I receive the echo

  Scenario Outline: only <version>
    Given a TLS peer
    And the certificates in "target/tls/ca.pem" are trusted
    And only "<version>" is allowed
    When I connect
    Then the connection is open

    Examples:
      | version |
      | TLSv1.2 |
      | TLSv1.3 |

  Scenario: a client certificate in PEM files
    Given a TLS peer that asks for a client certificate
    And the certificates in "target/tls/ca.pem" are trusted
    And the client certificate "target/tls/client.pem" with the key "target/tls/client.key"
    When I connect
    And I send "Hello"
    Then I receive the echo

  Scenario: a client certificate in a PKCS#12 file
    Given a TLS peer that asks for a client certificate
    And the certificates in "target/tls/ca.pem" are trusted
    And the client certificate "target/tls/client.p12" with the password "changeit"
    When I connect
    And I send "Hello"
    Then I receive the echo

  Scenario: no client certificate
    Given a TLS peer that asks for a client certificate
    And the certificates in "target/tls/ca.pem" are trusted
    When I try to connect
    Then the connection fails with tls_handshake

  Scenario: an expired client certificate
    Given a TLS peer that asks for a client certificate
    And the certificates in "target/tls/ca.pem" are trusted
    And the client certificate "target/tls/client-expired.pem" with the key "target/tls/client-expired.key"
    When I try to connect
    Then the connection fails with tls_handshake
