// Registers of the two dates, held side by side.
#include "engine/history/map_changes.h"

#include <algorithm>
#include <map>

#include "engine/eval/reading.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

using Present = std::map<std::string, SubjectId>;  // by code

Present present(const Snapshot& snapshot, KindId kind, Date date) {
  Present out;
  for (SubjectId subject : snapshot.of_kind(kind))
    if (in_being(snapshot, subject, date)) out.emplace(snapshot.subject(subject).code, subject);
  return out;
}

// Those of the first that are not in the second.
template <class Seen>
void only_in(const Present& first, const Present& second, Seen seen) {
  for (const auto& [code, subject] : first)
    if (!second.contains(code)) seen(subject);
}

std::map<std::string, std::size_t> joined(const Snapshot& snapshot, const Present& links) {
  std::map<std::string, std::size_t> out;
  for (const auto& [code, link] : links) ++out[snapshot.subject(*snapshot.subject(link).from).code];
  return out;
}

// Of rows that hold at the later date and were not yet known, or had not begun, at the earlier.
std::vector<std::string> documents_since(const Snapshot& now, Date as_at, const Snapshot& was, Date was_as_at,
                                         const Present& links, FieldId field) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [code, link] : links)
    for (const Observation& row : now.rows(field, link)) {
      if (row.superseded || row.standing != Standing::Held || !Period{row.valid_from, row.valid_to}.contains(as_at))
        continue;
      if (was_as_at < row.valid_from || was.known_on() < row.recorded_on)
        ++counts[row.document + (row.note.empty() ? "" : ": " + row.note)];
    }
  std::vector<std::pair<std::string, std::size_t>> ordered(counts.begin(), counts.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> out;
  for (const auto& [document, count] : ordered) out.push_back(document);
  return out;
}

class Map {
 public:
  Map(const Snapshot& was, Date was_as_at, const Snapshot& now, Date as_at)
      : was_(was), now_(now), was_as_at_(was_as_at), as_at_(as_at) {}

  MapChanges changes() {
    MapChanges out;
    const auto& kinds = now_.schema().kinds();
    for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) {
      if (kinds[kind].relation) continue;
      KindChanged changed = of_kind({kind});
      if (!changed.ended.empty() || !changed.begun.empty()) out.kinds.push_back(std::move(changed));
    }
    for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) {
      if (!kinds[kind].relation) continue;
      RelationChanged changed = of_relation({kind});
      if (changed.ended > 0 || changed.begun > 0) out.relations.push_back(std::move(changed));
    }
    return out;
  }

 private:
  KindChanged of_kind(KindId kind) const {
    const Present before = present(was_, kind, was_as_at_), after = present(now_, kind, as_at_);
    KindChanged out{kind, {}, {}};
    only_in(before, after, [&](SubjectId one) {
      out.ended.push_back({subject_text(was_, one), name_on(was_, one, was_as_at_)});
    });
    only_in(after, before, [&](SubjectId one) {
      out.begun.push_back({subject_text(now_, one), name_on(now_, one, as_at_)});
    });
    return out;
  }

  RelationChanged of_relation(KindId relation) const {
    const KindDef& def = now_.schema().kind(relation);
    const Present before = present(was_, relation, was_as_at_), after = present(now_, relation, as_at_);
    RelationChanged out;
    out.relation = relation;
    only_in(before, after, [&](SubjectId) { ++out.ended; });
    only_in(after, before, [&](SubjectId) { ++out.begun; });
    out.documents = documents_since(now_, as_at_, was_, was_as_at_, after, def.register_field);
    const auto were = joined(was_, before), are = joined(now_, after);
    const Present bodies = present(was_, def.from, was_as_at_);
    const auto several = [](const auto& counts) {
      return static_cast<std::size_t>(
          std::count_if(counts.begin(), counts.end(), [](const auto& one) { return one.second > 1; }));
    };
    out.several_was = several(were);
    out.several_now = several(are);
    for (const auto& [code, subject] : present(now_, def.from, as_at_)) {
      const auto had = were.find(code), has = are.find(code);
      const std::size_t was = had == were.end() ? 0 : had->second, now = has == are.end() ? 0 : has->second;
      if (bodies.contains(code) && was != now)
        out.links.push_back({subject_text(now_, subject), name_on(now_, subject, as_at_), was, now});
    }
    return out;
  }

  const Snapshot &was_, &now_;
  Date was_as_at_, as_at_;
};

}  // namespace

MapChanges map_changes(const Snapshot& was, Date was_as_at, const Snapshot& now, Date as_at) {
  return Map(was, was_as_at, now, as_at).changes();
}

}  // namespace assay
