# Writes scenarios on either side of every limit of the shipped rulesets, and runs them with the rest.
file(REMOVE_RECURSE "${WRITTEN}")
foreach(arguments "--boundaries;--output;${WRITTEN}" "${WRITTEN};--quiet")
  execute_process(COMMAND "${PROGRAM}" test "${RULESETS}" ${arguments} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(GLOB files "${WRITTEN}/*.assay")
if(NOT files)
  message(FATAL_ERROR "no boundaries were written to ${WRITTEN}")
endif()
