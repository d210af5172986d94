// What councils' headings mostly mean. A list of likelihoods, and no more: a person keeps the mapping.
#include <array>

#include "evidence/core/text.h"
#include "evidence/import/mapping.h"

namespace assay {

namespace {

struct Word {
  std::string_view heading;  // as heading_key gives it
  std::string_view means;    // the last part of a field's name, or kReference, kName
};

// Of several that fit, the first that the kind has.
constexpr std::array kWords = {
    Word{"ref", kReference},
    Word{"reference", kReference},
    Word{"ref no", kReference},
    Word{"reference number", kReference},
    Word{"evidence ref", kReference},
    Word{"id", kReference},
    Word{"item", kReference},
    Word{"item no", kReference},
    Word{"no", kReference},
    Word{"title", kName},
    Word{"document", kName},
    Word{"document title", kName},
    Word{"title of document", kName},
    Word{"name of document", kName},
    Word{"wording", kName},
    Word{"question", kName},
    Word{"qs", "serves"},
    Word{"qs", "asks_about"},
    Word{"qs no", "serves"},
    Word{"quality statement", "serves"},
    Word{"quality statement", "asks_about"},
    Word{"quality statements", "serves"},
    Word{"quality statements", "asks_about"},
    Word{"statement", "serves"},
    Word{"statement", "asks_about"},
    Word{"statements", "serves"},
    Word{"statements", "asks_about"},
    Word{"owner", "document_owner"},
    Word{"document owner", "document_owner"},
    Word{"lead", "document_owner"},
    Word{"lead officer", "document_owner"},
    Word{"responsible officer", "document_owner"},
    Word{"location", "kept_at"},
    Word{"where kept", "kept_at"},
    Word{"where held", "kept_at"},
    Word{"file path", "kept_at"},
    Word{"folder", "kept_at"},
    Word{"link", "kept_at"},
    Word{"hyperlink", "kept_at"},
    Word{"web link", "public_link"},
    Word{"url", "public_link"},
    Word{"website", "public_link"},
    Word{"published at", "public_link"},
    Word{"ver", "version"},
    Word{"date", "dated"},
    Word{"date of doc", "dated"},
    Word{"date of document", "dated"},
    Word{"document date", "dated"},
    Word{"doc date", "dated"},
    Word{"review date", "review_due"},
    Word{"next review", "review_due"},
    Word{"review by", "review_due"},
    Word{"due for review", "review_due"},
    Word{"date of next review", "review_due"},
    Word{"expiry", "review_due"},
    Word{"expires", "review_due"},
    Word{"status", "document_status"},
    Word{"status", "answer"},
    Word{"evidence category", "category"},
    Word{"category of evidence", "category"},
    Word{"type of evidence", "category"},
    Word{"hours", "hours"},
    Word{"hours taken", "hours"},
    Word{"hours to prepare", "hours"},
    Word{"hours to update", "hours"},
    Word{"note", "remarks"},
    Word{"notes", "remarks"},
    Word{"comment", "remarks"},
    Word{"comments", "remarks"},
    Word{"documents", "answered_by"},
    Word{"document refs", "answered_by"},
    Word{"evidence refs", "answered_by"},
    Word{"evidence", "answered_by"},
    Word{"held by", "partner"},
    Word{"days left", "effort"},
    Word{"sign off", "signed_off_by"},
    Word{"signed off", "signed_off_by"},
    Word{"other frameworks", "also_asked_by"},
};

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::string heading_key(std::string_view heading) {
  std::string key;
  for (const char c : lower_case(heading)) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (word)
      key += c;
    else if (!key.empty() && key.back() != ' ')
      key += ' ';
  }
  return std::string(trim(key));
}

std::optional<std::string> meaning_of(std::string_view heading, KindId kind, const Schema& schema) {
  const std::string key = heading_key(heading);
  if (key.empty()) return std::nullopt;
  const auto field_called = [&](auto fits) -> std::optional<std::string> {
    for (const FieldDef& field : schema.fields())
      if (field.kind == kind && field.role == FieldRole::Evidence && fits(field)) return field.name;
    return std::nullopt;
  };
  const auto own = field_called([&](const FieldDef& field) {
    return heading_key(last_part(field.name)) == key || heading_key(field.title) == key;
  });
  if (own && !own->ends_with(".register") && !own->ends_with(".alias")) return own;
  for (const Word& word : kWords) {
    if (word.heading != key) continue;
    if (word.means == kReference || word.means == kName) return std::string(word.means);
    if (auto field = field_called([&](const FieldDef& one) { return last_part(one.name) == word.means; })) return field;
  }
  return std::nullopt;
}

}  // namespace assay
