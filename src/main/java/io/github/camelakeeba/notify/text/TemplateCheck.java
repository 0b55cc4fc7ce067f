package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Why a user's template does not work, or (warning) not for a message that lacks something. */
record TemplateCheck(String error, String warning) {
  private static final String HTML_EXTENSION = ".ftlh";
  private static final String CHAT_EXTENSION = ".ftlj";
  private static final EventJson JSON = new EventJson();

  /** Tries the template of this name, or all that use it, with every message it may be used for. */
  static TemplateCheck check(Templates templates, String name) {
    return name.endsWith(CHAT_EXTENSION)
        ? new TemplateCheck(payloadError(templates, name), null)
        : checkTexts(templates, name);
  }

  private static TemplateCheck checkTexts(Templates templates, String name) {
    String doubt = null;
    for (String kind : BuiltInTemplates.KINDS) {
      for (String template : BuiltInTemplates.forKind(kind)) {
        if (template.equals(name) || mayInclude(template, name)) {
          String fault =
              templates.userTemplateError(
                  template, SampleModels.full(kind), Templates::emptyTextError);
          if (fault != null) {
            return new TemplateCheck(fault, null);
          }
          if (doubt == null) {
            doubt =
                templates.userTemplateError(
                    template, SampleModels.minimal(kind), Templates::emptyTextError);
          }
        }
      }
    }
    return new TemplateCheck(null, doubt);
  }

  /** Only HTML includes what is escaped as HTML. */
  private static boolean mayInclude(String template, String name) {
    return BuiltInTemplates.PARTS.contains(name)
        && (template.endsWith(HTML_EXTENSION) || !name.endsWith(HTML_EXTENSION));
  }

  private static String payloadError(Templates templates, String name) {
    ChatDialect dialect =
        ChatDialect.of(name.substring(0, name.length() - CHAT_EXTENSION.length()));
    return BuiltInTemplates.KINDS.stream()
        .flatMap(kind -> Stream.of(MinimalMessages.BY_KIND.get(kind), SampleMessages.full(kind)))
        .map(message -> templates.userTemplateError(name, model(dialect, message), JSON::jsonError))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, Object> model(ChatDialect dialect, Notification message) {
    return ChatModel.of(
        message,
        JSON.toMap(message),
        new ChatText("[failed] shop: \"no\"", "What to do:\nnothing"),
        dialect.limiter(),
        dialect.limit(),
        Map.of("topic", "backups", "chat", "1"));
  }
}
