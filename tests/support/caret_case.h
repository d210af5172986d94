// A golden case of checking: rulesets with what is wrong in them said in comments under the text in question.
//   flag stale of council
//     when needz is 1
//   #~     ^^^^^ error[UnknownName]: `needz` is not known here
//   #~     help: did you mean `needs`?
// Text that begins in the first three columns leaves no room for carets and is named: `#~ at `use`: error[...]`. A case
// of several files has sections that begin with `--- PATH`; what stands before the first of them is said of the case.
#pragma once

#include <string>
#include <string_view>

namespace assay::golden {

struct CaretCase {
  std::string text;     // the case with its comments made anew
  bool errors = false;  // was anything wrong, rather than worth a warning?
  std::string summary;  // "3 errors, 1 warning"
};

// Checks the rulesets of the case, whatever its comments say. Warnings are shown where `with_warnings`.
CaretCase annotate(std::string_view text, bool with_warnings);

// Lines that differ, with - and + before them and a line or two around; empty where the two are equal.
std::string line_difference(std::string_view recorded, std::string_view found);

}  // namespace assay::golden
