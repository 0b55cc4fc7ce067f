package io.github.camelakeeba.event;

/** Many events out of one. */
public final class EventCopies {
  private static final EventJson JSON = new EventJson();

  private EventCopies() {}

  /** The same event under another id. */
  public static Event id(Event event, String id) {
    return JSON.read(JSON.write(event).replace(event.id(), id));
  }

  /** The same event of another run. */
  public static Event run(Event event, String run) {
    return JSON.read(JSON.write(event).replace(event.subject(), run));
  }
}
