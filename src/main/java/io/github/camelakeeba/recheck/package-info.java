/** Downloaded archives are read again, against bit rot; what is damaged is fetched anew. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.recheck;
