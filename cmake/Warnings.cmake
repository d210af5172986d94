# Every warning is an error. Each flag with its reason.
add_library(assay_warnings INTERFACE)
target_compile_options(assay_warnings INTERFACE
  -Werror
  -Wall -Wextra                   # what every compiler agrees on; not -Wpedantic, since __int128 carries the decimals
  -Wshadow                        # a name that hides a name misleads the reader
  -Wconversion -Wsign-conversion  # no number changes its value unseen
  -Wold-style-cast                # a cast says which kind it is
  -Wnon-virtual-dtor -Woverloaded-virtual
  -Wcast-align -Wformat=2 -Wimplicit-fallthrough
  -Wno-missing-field-initializers # designated initialisers leave the rest at their defaults on purpose
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 raises it falsely on string concatenation
  # g++ 12: false on std::variant at -O2
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow>
)
