/** The Akeeba Backup JSON API: how a call is written, what an answer says, and why one failed. */
package io.github.camelakeeba.akeeba;
