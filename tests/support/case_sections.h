// A golden case as text: comment lines, then sections that begin with `--- ` and a head.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::golden {

struct Section {
  std::string head;  // after "--- "
  std::string body;  // up to the next section, without blank lines at its end
};

struct CaseSections {
  std::string opening;
  std::vector<Section> sections;

  const std::string* body_of(std::string_view head) const;
};

CaseSections read_case(const std::string& text);
std::string write_case(const CaseSections& of);

}  // namespace assay::golden
