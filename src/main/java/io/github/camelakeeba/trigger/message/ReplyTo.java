package io.github.camelakeeba.trigger.message;

/**
 * Where the sender of a message waits for its reply, as text that outlives the connection.
 *
 * @param destination {@code queue:<name>} or {@code topic:<name>}
 * @param correlation how the sender knows which of its messages it is the reply to, or null
 */
public record ReplyTo(String destination, String correlation) {
  public String kind() {
    return destination.substring(0, destination.indexOf(':'));
  }

  public String name() {
    return destination.substring(destination.indexOf(':') + 1);
  }
}
