package io.github.camelakeeba.proof;

/** A restore test must end without a result: this process stops, or another node has the test. */
public final class ProofAbandonedException extends RuntimeException {
  ProofAbandonedException(String message) {
    super(message);
  }
}
