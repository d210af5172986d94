// A page that is followed step by step (docs/tutorial.md): what its reader is told to write and to type, in order.
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace assay::golden {

// "Save this as `PATH`:" and the block below it; "Add this at the end of `PATH`:" likewise.
struct Written {
  std::string path, text;
  bool at_the_end = false;
};
// "In `PATH`, write `NEW` in place of `OLD`."
struct Exchanged {
  std::string path, before, after;
};
// A block that begins with `$ command`: each command with what it prints below it, where a line `[...]` stands for any
// lines.
struct Typed {
  std::string command;
  std::size_t lines = 1;  // that the command takes
  std::vector<std::string> printed;
};

struct PageStep {
  std::size_t line = 0;  // where it stands, from 1
  std::variant<Written, Exchanged, Typed> what;
};

// Blocks that no sentence says to save, and that type nothing, are for the eye alone. The fault of a page otherwise.
tl::expected<std::vector<PageStep>, std::string> read_page(const std::vector<std::string>& lines);

// Is that what came, a line `[...]` standing for any lines?
bool matches(const std::vector<std::string>& printed, const std::vector<std::string>& came);

}  // namespace assay::golden
