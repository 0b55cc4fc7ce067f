package io.github.camelakeeba.trigger.message;

/**
 * A message as it came, and all of it that ever counts: its headers are thrown away.
 *
 * @param trigger the trigger's name
 * @param id what the transport calls the message: the same when it delivers it again
 * @param name how a person finds it again, such as the name of a file
 * @param body what stood in it; null where it was not read
 * @param credentials what its headers have of its sender's proof
 * @param replyTo where its sender waits for the outcome, beyond our connection; or null
 * @param error why it can't be a request, whatever stands in it; null: it may be one
 */
public record InboundMessage(
    String trigger,
    String id,
    String name,
    byte[] body,
    SignatureVerifier.Credentials credentials,
    ReplyTo replyTo,
    String error) {

  /** Nothing of what somebody else wrote. */
  @Override
  public String toString() {
    return "message of " + trigger;
  }
}
