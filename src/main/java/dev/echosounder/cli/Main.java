package dev.echosounder.cli;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Prints the version that the jar's manifest carries. */
  public static void main(String[] args) {
    System.out.println("echosounder " + Main.class.getPackage().getImplementationVersion());
  }
}
