# assay_layer(NAME SOURCES ... HEADERS ... DEPENDS ... LIBRARIES ...): one small static library per folder.
# This call is the dependency table in code: DEPENDS names other folders, LIBRARIES the third parties this folder owns.
find_program(CCACHE ccache)
if(CCACHE)
  # Paths below the source folder count as relative ones, so that another clone of the same text finds what one made.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true ${CCACHE})
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# One target per layer that compiles each of its headers alone; built only when a test asks (tests/tidy).
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)

# The one precompiled header: the standard library and fmt, nothing of ours and nothing heavy.
file(WRITE "${CMAKE_BINARY_DIR}/pch/anchor.cpp" "")
add_library(assay_pch STATIC "${CMAKE_BINARY_DIR}/pch/anchor.cpp")
target_link_libraries(assay_pch PUBLIC fmt::fmt tl::expected PRIVATE assay_warnings assay_sanitizers)
target_precompile_headers(assay_pch PRIVATE
  <algorithm> <array> <cstdint> <functional> <map> <optional> <span> <string> <string_view> <tuple>
  <unordered_map> <utility> <variant> <vector> <fmt/format.h> <tl/expected.hpp>)
# g++ 12: without it ccache cannot keep what a precompiled header took part in.
target_compile_options(assay_pch PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)

function(assay_common target)
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE assay_warnings assay_sanitizers)
  target_link_libraries(${target} PUBLIC fmt::fmt tl::expected)
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  target_precompile_headers(${target} REUSE_FROM assay_pch)
endfunction()

function(assay_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;DEPENDS;LIBRARIES" ${ARGN})
  set(target assay_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(assay::${name} ALIAS ${target})
  # A .def is included many times within something else, so it is no face of its own.
  list(FILTER ARG_HEADERS INCLUDE REGEX "[.]h$")
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}" FILES ${ARG_HEADERS})
  assay_common(${target})
  target_link_libraries(${target} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_LIBRARIES})
endfunction()
