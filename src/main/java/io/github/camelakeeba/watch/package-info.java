/** What is overdue, missed or not alive, and the status of each site. */
@Internal
package io.github.camelakeeba.watch;

import io.github.camelakeeba.Internal;
