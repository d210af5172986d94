# assay_unit_test(NAME SOURCES ... DEPENDS ... [LIBRARIES ...] [LABEL ...]): a Catch2 program per folder, and one CTest
# entry per case.
find_package(Catch2 2 REQUIRED)
include(Catch)

# The empty anchor is what the precompiled header is made with.
add_library(assay_catch_main STATIC
  "${CMAKE_SOURCE_DIR}/tests/support/catch_main.cpp" "${CMAKE_BINARY_DIR}/pch/anchor.cpp")
# Catch's main is made by the first inclusion of its header, which must not be the precompiled one.
set_source_files_properties("${CMAKE_SOURCE_DIR}/tests/support/catch_main.cpp" PROPERTIES
  SKIP_PRECOMPILE_HEADERS ON COMPILE_DEFINITIONS CATCH_CONFIG_CONSOLE_WIDTH=160)
target_link_libraries(assay_catch_main PUBLIC Catch2::Catch2 fmt::fmt tl::expected PRIVATE assay_sanitizers)
target_precompile_headers(assay_catch_main PRIVATE
  <algorithm> <array> <cstdint> <functional> <map> <optional> <span> <string> <string_view> <utility> <variant> <vector>
  <fmt/format.h> <tl/expected.hpp> <catch2/catch.hpp>)
target_compile_options(assay_catch_main PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)

function(assay_unit_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  set(target ${name}_test)
  if(ARG_LABEL STREQUAL unit)
    set(target unit_${name})
  endif()
  add_executable(${target} ${ARG_SOURCES})
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE
    assay_catch_main assay_warnings assay_sanitizers ${ARG_DEPENDS} ${ARG_LIBRARIES})
  # Catch 2's own macros cast the old way.
  target_compile_options(${target} PRIVATE -Wno-old-style-cast $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  # Tests run from the source folder, so that no object file holds its path.
  target_compile_definitions(${target} PRIVATE ASSAY_SOURCE_DIR=".")
  target_precompile_headers(${target} REUSE_FROM assay_catch_main)
  catch_discover_tests(${target} TEST_PREFIX "${name}/" WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    PROPERTIES LABELS ${ARG_LABEL})
endfunction()
