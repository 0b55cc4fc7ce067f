/** What is overdue, missed or not alive, and the status of each site. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.watch;
