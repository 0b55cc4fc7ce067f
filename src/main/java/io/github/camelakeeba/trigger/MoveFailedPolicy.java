package io.github.camelakeeba.trigger;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** Moves only rejected files: one that failed since the store is away waits for the next start. */
final class MoveFailedPolicy implements Expression {
  private final Expression target;

  MoveFailedPolicy(Expression target) {
    this.target = target;
  }

  static final class FileStaysException extends RuntimeException {
    FileStaysException() {
      super("the file stays where it is", null, false, false);
    }
  }

  @Override
  public void init(org.apache.camel.CamelContext context) {
    target.init(context);
  }

  @Override
  public <T> T evaluate(Exchange exchange, Class<T> type) {
    Exception failure = exchange.getException();
    if (failure instanceof RejectedFileException || failure instanceof DeadLetterException) {
      return target.evaluate(exchange, type);
    }
    throw new FileStaysException();
  }
}
