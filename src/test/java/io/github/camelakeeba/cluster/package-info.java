/** Two nodes, each a process of its own, on one PostgreSQL. */
package io.github.camelakeeba.cluster;
