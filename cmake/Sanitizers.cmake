# ASSAY_SANITIZE=address,undefined | thread: set by the presets, linked privately by every target.
set(ASSAY_SANITIZE "" CACHE STRING "comma-separated sanitizers")
set(ASSAY_COVERAGE OFF CACHE BOOL "gcov instrumentation")
add_library(assay_sanitizers INTERFACE)
if(ASSAY_SANITIZE)
  target_compile_options(assay_sanitizers INTERFACE
    -fsanitize=${ASSAY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(assay_sanitizers INTERFACE -fsanitize=${ASSAY_SANITIZE})
endif()
if(ASSAY_COVERAGE)
  target_compile_options(assay_sanitizers INTERFACE --coverage -O0)
  target_link_options(assay_sanitizers INTERFACE --coverage)
endif()
# A fuzzer finds its way by the code that its inputs reach.
if(ASSAY_FUZZ)
  target_compile_options(assay_sanitizers INTERFACE -fsanitize=fuzzer-no-link)
endif()
