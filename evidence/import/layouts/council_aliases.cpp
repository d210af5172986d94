// council_aliases: other spellings of councils' names, by register code, so that tables which give only a name can be
// matched. A spelling that differs only in case from one already known adds nothing.
#include "evidence/import/layouts/layouts.h"

namespace assay {

void read_council_aliases(TableReading& in) {
  in.name_column(Column::Subject, "local-authority-code");
  while (in.next_line()) {
    const std::string_view name = in.cell("la-name");
    const std::string_view code = in.cell("local-authority-code");
    const std::uint32_t known = in.catalogue().find_alias("council", code);
    if (known != 0 && in.catalogue().find_alias("council", name) == known) {
      in.pass_over("spellings already known, case set aside");
      continue;
    }
    const std::string subject = "council:" + std::string(code);
    // The list has no dates: a spelling is known to be in use from the day it was recorded.
    in.add({.heading = "la-name",
            .subject = subject,
            .field = "council.alias",
            .value = name,
            .valid_from = in.recorded_on()});
  }
}

}  // namespace assay
