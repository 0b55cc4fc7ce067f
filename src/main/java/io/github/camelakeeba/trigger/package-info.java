/** Messages that start backups: from any Camel consumer to a request, and what is refused. */
package io.github.camelakeeba.trigger;
