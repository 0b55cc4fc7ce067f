package io.github.camelakeeba.app.signal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, as systemd's {@code ExecReload} and {@code kill -HUP} send it. Java has no public API for
 * signals: {@code sun.misc.Signal}, of the module {@code jdk.unsupported}, is asked by its name,
 * since the compiler warns of it.
 */
public final class HangUpSignal {
  private HangUpSignal() {}

  /** From now on it no longer ends the process; false where the system has none, as Windows. */
  public static boolean handle(Runnable work) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object working =
          Proxy.newProxyInstance(
              HangUpSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  // the JVM's own thread has none, and Quartz looks for classes by it
                  Thread.currentThread().setContextClassLoader(HangUpSignal.class.getClassLoader());
                  work.run();
                  return null;
                }
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "SIGHUP";
                };
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), working);
      return true;
    } catch (InvocationTargetException e) {
      return false; // the system knows no such signal, or the JVM keeps it (-Xrs)
    } catch (ReflectiveOperationException e) {
      return false; // a Java without that module
    }
  }
}
