/** Who is told what: the event of an outcome, the rules, the outbox, and the texts of a message. */
package io.github.camelakeeba.notify;
