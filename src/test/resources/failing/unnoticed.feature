Feature: fails on purpose
  Scenario: unnoticed
    Given the endpoint "/refuse/503"
    When I try to connect
