package io.github.camelakeeba.app.demo;

/** The simulated site and the mail catcher, which are no part of what runs in earnest. */
public final class DemoKit {
  private static final String SITE = "io.github.camelakeeba.simulator.SimulatedServer";
  private static final String MAIL = "com.icegreen.greenmail.util.GreenMail";

  private DemoKit() {}

  /** Whether both are on the class path: {@code lib/demo} is there. */
  public static boolean isInstalled() {
    return isPresent(SITE) && isPresent(MAIL);
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, DemoKit.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
