// A schema with evidence for the codes that published tables bring, and the bodies they speak of.
#pragma once

#include <string>
#include <string_view>

#include "import_support.h"

namespace assay {

// A number for the code, of bodies of the kind; named by the code in small letters.
std::string add_measure_field(Schema& schema, std::string_view kind, std::string_view code);
// The sample schema's kinds, country, trust, location and provider, and the relations between them.
Schema published_schema();
std::string vector_path(std::string_view name);

// England's councils and systems as the sample evidence has them.
struct England : Evidence {
  explicit England(Schema rules);
  bool import_vector(std::string_view name) { return import({.path = vector_path(name)}); }
  // As a number, or as "standing note".
  std::string said(std::string_view subject, std::string_view field, std::string_view from) const;
};

}  // namespace assay
