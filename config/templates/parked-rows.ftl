<#-- The facts of a channel that could not be told. -->
<#assign rows = [
  ["Channel", channel, false],
  ["Tried since", since, true],
  ["Parked", time, true],
  ["First lost", event, true]
]>
