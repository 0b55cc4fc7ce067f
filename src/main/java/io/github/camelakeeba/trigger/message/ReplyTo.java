package io.github.camelakeeba.trigger.message;

/**
 * @param destination {@code queue:<name>} or {@code topic:<name>}
 * @param correlation by which the sender knows its message again, or null
 */
public record ReplyTo(String destination, String correlation) {
  public String kind() {
    return destination.substring(0, destination.indexOf(':'));
  }

  public String name() {
    return destination.substring(destination.indexOf(':') + 1);
  }
}
