Feature: failing on purpose
  Scenario: idle-none
    When the idle limit is looked for, waiting at most 500 ms
    Then silence is cut by eof after 1s to 2s
