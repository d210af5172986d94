// A subject's kind and code, and of a link its two ends.
#include "evidence/store/some_names.h"

#include <fmt/format.h>

#include <string>

namespace assay {

SomeNames::SomeNames(const Database& database)
    : subject_(database.prepare("SELECT k.name, s.code, s.from_subject, s.to_subject FROM subject s "
                                "JOIN kind k ON k.id = s.kind WHERE s.id = ?",
                                "the subjects")) {}

Result<SomeNames> SomeNames::load(const Database& database) {
  SomeNames out(database);
  if (auto done = out.names_.load_words(database); !done) return tl::unexpected(done.error());
  Statement last = database.prepare("SELECT coalesce(max(id), 0) FROM subject", "the subjects");
  if (last.next()) out.last_subject_ = static_cast<std::uint32_t>(last.integer(0, 0, UINT32_MAX));
  if (auto done = last.end(); !done) return tl::unexpected(done.error());
  return out;
}

Result<std::uint32_t> SomeNames::subject(std::uint32_t number) {
  if (const auto known = known_.find(number); known != known_.end()) return known->second;
  std::string kind, code;
  std::uint32_t from = 0, to = 0;
  if (subject_.with(number).next()) {
    kind = subject_.text(0);
    code = subject_.text(1);
    // The ends of a link are added before it.
    if (!subject_.is_null(2)) from = static_cast<std::uint32_t>(subject_.integer(2, 1, std::int64_t{number} - 1));
    if (!subject_.is_null(3)) to = static_cast<std::uint32_t>(subject_.integer(3, 1, std::int64_t{number} - 1));
  } else if (subject_.sound()) {
    subject_.refuse(fmt::format("subject {} is missing", number));
  }
  if (auto done = subject_.end(); !done) return tl::unexpected(done.error());
  for (std::uint32_t* const end : {&from, &to}) {
    if (*end == 0) continue;
    const auto joined = subject(*end);
    if (!joined) return joined;
    *end = *joined;
  }
  return known_[number] = names_.catalogue.add_subject(kind, code, from, to);
}

}  // namespace assay
