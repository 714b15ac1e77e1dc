@peer
Feature: On the wire
  Compression and its parameters, what it saves, what it costs, and messages of any size.

  Scenario: each message compressed by itself
    Given compression is offered with "client_no_context_takeover; server_no_context_takeover"
    When I connect
    Then the connection uses the extension "permessage-deflate" with "client_no_context_takeover"
    And the connection uses the extension "permessage-deflate" with "server_no_context_takeover"
    When I send a text of 1 KiB
    And I send a text of 1 KiB
    Then I receive every echo in order

  Scenario: compression has to pay
    Given compression is offered
    And I connect
    When I send a text of 64 KiB
    Then I receive the echo
    And compression saved at least 90 % of what I sent
    And compression saved at least 90 % of what I received

  Scenario: a decompression bomb goes off at the message limit
    Given compression is offered
    And the endpoint "/bomb?mebibytes=1024"
    And a message may have at most 1 MiB
    When I connect
    Then the connection ends with local_error

  Scenario: HTTP/1.1 is asked for by name
    Given the HTTP version is 1.1
    When I connect
    Then the connection was upgraded with status 101

  Scenario: a server that speaks no HTTP/2
    Given the HTTP version is 2
    When I try to connect
    Then the connection fails with not_websocket

  Scenario: a message of any size, never in memory as a whole
    Given the endpoint "/relay"
    And I connect
    When I stream 8 MiB and receive the echo
    And I stream 100 KiB in fragments of 1000 bytes and receive the echo
    And I send "Hello"
    Then I receive the echo
