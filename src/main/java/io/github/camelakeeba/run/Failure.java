package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.ErrorKind;

/** Why a run failed, with a sentence that a user can act on; holds no secret. */
public record Failure(ErrorKind kind, String message) {}
