package io.github.camelakeeba.routes;

import static org.mockito.Mockito.RETURNS_DEFAULTS;

import io.github.camelakeeba.exchange.JvmErrors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.mockito.Mockito;
import org.mockito.invocation.InvocationOnMock;

/**
 * Stands in for a bean that a route asks. It is a mock of the real class, so that Camel finds its
 * methods and binds their parameters as it does in the product; it gives the answers of the test.
 */
final class FakeBean {
  private final String name;
  private final Consumer<String> story;
  private final Map<String, Deque<Object>> answers = new HashMap<>();
  private final Map<String, List<Object[]>> calls = new HashMap<>();
  private final Object mock;

  FakeBean(String name, Class<?> type, Consumer<String> story) {
    this.name = name;
    this.story = story;
    this.mock = Mockito.mock(type, this::answer);
  }

  /** What is bound in the registry. */
  Object mock() {
    return mock;
  }

  /**
   * Gives these values one call after the other, and the last again and again; a throwable is
   * thrown. A method without answers gives null, false, 0 or an empty list.
   */
  FakeBean answers(String method, Object... values) {
    Deque<Object> queue = new ArrayDeque<>();
    for (Object value : values) {
      queue.add(value == null ? Void.class : value);
    }
    answers.put(method, queue);
    return this;
  }

  /** The arguments of each call of the method. */
  List<Object[]> calls(String method) {
    return calls.getOrDefault(method, List.of());
  }

  /** The arguments of the one call of the method. */
  Object[] call(String method) {
    List<Object[]> all = calls(method);
    if (all.size() != 1) {
      throw new AssertionError("%d calls of %s.%s".formatted(all.size(), name, method));
    }
    return all.get(0);
  }

  private Object answer(InvocationOnMock call) throws Throwable {
    if (call.getMethod().getDeclaringClass() == Object.class) {
      return RETURNS_DEFAULTS.answer(call);
    }
    String method = call.getMethod().getName();
    Object[] arguments = call.getArguments();
    for (Object argument : arguments) {
      rethrowJvmError(argument);
    }
    Object answer;
    synchronized (this) {
      calls.computeIfAbsent(method, one -> new CopyOnWriteArrayList<>()).add(arguments);
      story.accept(name + "." + method);
      Deque<Object> queue = answers.get(method);
      if (queue == null) {
        return RETURNS_DEFAULTS.answer(call);
      }
      answer = queue.size() > 1 ? queue.poll() : queue.peek();
    }
    if (answer instanceof Throwable thrown) {
      throw thrown;
    }
    return answer == Void.class ? null : answer;
  }

  /** As the real one does (CatchAllTest), before anything else. */
  private static void rethrowJvmError(Object argument) {
    if (argument instanceof Throwable thrown) {
      JvmErrors.rethrowJvmError(thrown);
    } else if (argument instanceof Exchange exchange) {
      JvmErrors.rethrowJvmError(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
  }
}
