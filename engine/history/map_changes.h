// What became of bodies and links between two dates. Pure.
#pragma once

#include <string>
#include <vector>

#include "evidence/core/snapshot.h"

namespace assay {

// A body or link that is in being at one of the dates only.
struct MapBody {
  std::string subject, name;
};
struct KindChanged {
  KindId kind;  // of bodies
  std::vector<MapBody> ended, begun;
};
// How many a body is joined to, where that differs.
struct LinksOf {
  std::string subject, name;
  std::size_t was = 0, now = 0;
};
struct RelationChanged {
  KindId relation;
  std::size_t ended = 0, begun = 0;
  // On whose word: the documents and notes of what has been said of links since, each once, most links first.
  std::vector<std::string> documents;
  std::size_t several_was = 0, several_now = 0;  // bodies at its `from` end that are joined to two or more
  std::vector<LinksOf> links;                    // of such a body, in being at both dates
};
struct MapChanges {
  std::vector<KindChanged> kinds;  // those in which something differs, as declared
  std::vector<RelationChanged> relations;
};
MapChanges map_changes(const Snapshot& was, Date was_as_at, const Snapshot& now, Date as_at);

}  // namespace assay
