package io.github.camelakeeba.notify;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What came of trying one of the user's templates.
 *
 * @param fault why it does not work, or null
 * @param doubt why it does not work when a message lacks what it may lack, or null
 */
record TemplateTrial(String fault, String doubt) {
  private static final String HTML = ".ftlh";
  private static final String CHAT = ".ftlj";
  private static final EventJson JSON = new EventJson();

  /** Tries the template of this name, or all that use it, with every message it may be used for. */
  static TemplateTrial of(Templates templates, String name) {
    return name.endsWith(CHAT)
        ? new TemplateTrial(payload(templates, name), null)
        : texts(templates, name);
  }

  private static TemplateTrial texts(Templates templates, String name) {
    String doubt = null;
    for (String kind : BuiltIn.KINDS) {
      for (String template : BuiltIn.of(kind)) {
        if (template.equals(name) || mayInclude(template, name)) {
          String fault = templates.fault(template, TrialFacts.full(kind), Templates::empty);
          if (fault != null) {
            return new TemplateTrial(fault, null);
          }
          if (doubt == null) {
            doubt = templates.fault(template, TrialFacts.sparse(kind), Templates::empty);
          }
        }
      }
    }
    return new TemplateTrial(null, doubt);
  }

  /** Only HTML includes what is escaped as HTML. */
  private static boolean mayInclude(String template, String name) {
    return BuiltIn.PARTS.contains(name) && (template.endsWith(HTML) || !name.endsWith(HTML));
  }

  private static String payload(Templates templates, String name) {
    ChatStyle style = ChatStyle.of(name.substring(0, name.length() - CHAT.length()));
    return BuiltIn.KINDS.stream()
        .flatMap(kind -> Stream.of(SparseMessages.ALL.get(kind), TrialMessages.full(kind)))
        .map(message -> templates.fault(name, facts(style, message), JSON::fault))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, Object> facts(ChatStyle style, Message message) {
    return ChatFacts.of(
        message,
        JSON.tree(message),
        new ChatText("[failed] shop: \"no\"", "What to do:\nnothing"),
        style.fitting(),
        style.limit(),
        Map.of("topic", "backups", "chat", "1"));
  }
}
