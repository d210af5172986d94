// What may stand in the file beside the tables of the trail, made of them and made again at need. Private to
// evidence/store.
#pragma once

#include <string_view>

namespace assay {

// By name and the text of its definition; verify lets it be absent, and anything else of that name is a fault.
struct DerivedDefinition {
  std::string_view name, sql;
};

}  // namespace assay
