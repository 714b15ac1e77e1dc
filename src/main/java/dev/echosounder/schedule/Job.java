package dev.echosounder.schedule;

/**
 * Something that runs again and again.
 *
 * @param name unique within a schedule; decides where in the interval its instants lie
 */
public record Job(String name, Plan plan, Task task) {}
