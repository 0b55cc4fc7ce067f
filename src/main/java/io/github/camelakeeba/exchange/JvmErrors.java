package io.github.camelakeeba.exchange;

/**
 * Errors of the JVM itself, such as no memory left. They are the failure of no run, message or
 * request, and nothing may go on as if they were: what they met stays as the store has it.
 */
public final class JvmErrors {
  private JvmErrors() {}

  /** Throws the error that is behind this exception, if one is: Camel wraps what is none. */
  public static void rethrowJvmError(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof VirtualMachineError error) {
        throw error;
      }
    }
  }
}
