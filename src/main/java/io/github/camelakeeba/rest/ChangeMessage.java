package io.github.camelakeeba.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.event.EventJson;

/** The newest state of a run or a site, for all who follow; made to text once, if anybody reads. */
final class ChangeMessage {
  private static final EventJson JSON = new EventJson();

  private final long number;
  private final String event;
  private final String key;
  private final String site;
  private final Object body;
  private volatile String text;

  /**
   * A message.
   *
   * @param number rises with each message of a feed
   * @param event {@code progress}, {@code outcome} or {@code site}
   * @param key what it is the state of: a later message with the same key replaces it
   */
  ChangeMessage(long number, String event, String key, String site, Object body) {
    this.number = number;
    this.event = event;
    this.key = key;
    this.site = site;
    this.body = body;
  }

  long number() {
    return number;
  }

  String key() {
    return key;
  }

  String site() {
    return site;
  }

  String event() {
    return event;
  }

  /** As it is sent, but for its id. */
  String text() throws JsonProcessingException {
    String made = text;
    if (made == null) {
      made = event(event, body);
      text = made;
    }
    return made;
  }

  static String event(String name, Object body) throws JsonProcessingException {
    return "event: " + name + "\ndata: " + JSON.mapper().writeValueAsString(body) + "\n\n";
  }
}
