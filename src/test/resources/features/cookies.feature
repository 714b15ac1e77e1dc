@peer
Feature: Sessions of a servlet container
  The container knows a visitor by the cookie that it sets with the upgrade.

  Scenario: the second connection belongs to the same session
    Given a Tomcat server with sessions
    When I connect
    Then I receive "new"
    And the cookie "JSESSIONID" was set
    When bob connects
    Then bob receives "known"
    Given the cookies are forgotten
    When carol connects
    Then carol receives "new"

  Scenario: another host is another matter
    Given a Tomcat server with sessions
    When I connect
    Then I receive "new"
    Given the same server under the name "localhost"
    Then the cookie "JSESSIONID" was not set
    When bob connects
    Then bob receives "new"

  Scenario: the next scenario begins without cookies
    Given a Tomcat server with sessions
    When I connect
    Then I receive "new"

  Scenario: a scenario that keeps no cookies
    Given a Tomcat server with sessions
    And cookies are not kept
    When I connect
    And bob connects
    Then I receive "new"
    And bob receives "new"
