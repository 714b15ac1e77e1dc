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

  Scenario: what TLS agreed on, and who answered
    Given a TLS peer
    And the certificates in "target/tls/ca.pem" are trusted
    And only "TLSv1.3" is allowed
    And only the cipher suite "TLS_AES_256_GCM_SHA384" is allowed
    When I connect
    Then the connection uses TLS version "TLSv1.3"
    And the connection uses the cipher suite "TLS_AES_256_GCM_SHA384"
    And the server sends 1 certificate
    And the certificate is for "localhost"
    And the certificate is for "::1"
    And the certificate is issued by "Echosounder Test CA"
    And the certificate's subject is "CN=valid"
    And the certificate has a key of type "EC" with at least 256 bits
    And the certificate is signed with "SHA256withECDSA"
    And the certificate is valid for at least 14 days

  Scenario: a chain whose intermediate expires first
    Given a TLS peer whose intermediate certificate expires in 5 days
    And the certificates in "target/tls/ca.pem" are trusted
    When I connect
    Then the server sends 2 certificates
    And the certificate is issued by "Echosounder Test Intermediate"
    And the certificate is valid for at least 29 days
    And every certificate in the chain is valid for at least 4 days

  Scenario: cipher suites of TLS 1.2
    Given a TLS peer
    And the certificates in "target/tls/ca.pem" are trusted
    And only "TLSv1.2" is allowed
    And only the cipher suites "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" are allowed
    When I connect
    Then the connection uses TLS version "TLSv1.2"

  Scenario: no cipher suite in common
    Given a TLS peer
    And the certificates in "target/tls/ca.pem" are trusted
    And only the cipher suite "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" is allowed
    When I try to connect
    Then the connection fails with tls_handshake
