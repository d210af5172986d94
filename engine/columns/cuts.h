// Where among the numbers of a group one part ends and the next begins (docs/language.md 4.6: quartiles and the like).
// Private to engine/columns.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "engine/columns/codes.h"
#include "engine/columns/program.h"

namespace assay::columns {

// A subject is no member, or a member that is not known, or one that is: it then stands beside others, and counts
// itself differently.
enum class Counted { No, Unknown, Known };
inline constexpr std::size_t kCounted = 3;

// Of those surely ahead the high ends are read, of those possibly ahead the low ones.
enum class Ahead { Surely, Possibly };

template <class Code>
class Cuts {
 public:
  Cuts(const Place& stage, std::size_t groups, Code beyond)
      : parts_(ast::parts_of(stage.op)), worst_(stage.ties == ast::Ties::Worst), beyond_(beyond) {
    codes_.resize(groups * row());
    members_.resize(groups);
  }

  // Of one group. `pick(ahead, places, out)` gives the codes that stand at some places among its members, `places`
  // ascending.
  template <class Pick>
  void find(std::size_t group, std::int64_t members, Pick pick) {
    members_[group] = static_cast<std::uint32_t>(members);
    for (const Ahead ahead : {Ahead::Surely, Ahead::Possibly}) {
      std::array<std::int64_t, kMost> needed;  // to be in a part: so many numbers, for each kind of subject
      std::array<std::uint32_t, kMost> places;
      std::array<Code, kMost> found;
      std::size_t count = 0, known = 0;
      for (std::size_t kind = 0; kind < kCounted; ++kind) {
        const std::int64_t others = members - (kind > 0 ? 1 : 0);
        for (std::int64_t part = 1; part < parts_; ++part) {
          const std::int64_t halves =
              part * 2 * (others + 1) / parts_ - 1 + own_halves(ahead, static_cast<Counted>(kind));
          const std::int64_t one = needed[count++] = (halves + 1) / 2;
          if (0 < one && one <= members) places[known++] = static_cast<std::uint32_t>(one - 1);
        }
      }
      std::sort(places.begin(), places.begin() + known);
      known = static_cast<std::size_t>(std::unique(places.begin(), places.begin() + known) - places.begin());
      pick(ahead, std::span<const std::uint32_t>(places.data(), known), found.data());
      Code* out = codes_.data() + group * row() + offset(ahead, Counted::No);
      for (std::size_t i = 0; i < count; ++i) {
        if (needed[i] <= 0 || needed[i] > members) {
          out[i] = needed[i] <= 0 ? Code{0} : beyond_;
          continue;
        }
        const auto at = std::lower_bound(places.begin(), places.begin() + known, needed[i] - 1) - places.begin();
        // A number level with the cut reaches it only where ties take the worst place.
        out[i] = static_cast<Code>(found[static_cast<std::size_t>(at)] + (worst_ ? 0 : 1));
      }
    }
  }

  // The least code in each part but the first, ascending.
  const Code* of(std::size_t group, Ahead ahead, Counted counted) const {
    return codes_.data() + group * row() + offset(ahead, counted);
  }
  std::uint32_t members(std::size_t group) const { return members_[group]; }

 private:
  static constexpr std::size_t kMost = kCounted * 99;
  std::size_t row() const { return 2 * kCounted * static_cast<std::size_t>(parts_ - 1); }
  std::size_t offset(Ahead ahead, Counted counted) const {
    return (static_cast<std::size_t>(ahead) * kCounted + static_cast<std::size_t>(counted)) *
           static_cast<std::size_t>(parts_ - 1);
  }
  // What one that is counted adds to its own halves: among the surely ahead only as a tie with itself.
  std::int64_t own_halves(Ahead ahead, Counted counted) const {
    if (counted == Counted::No) return 0;
    if (counted == Counted::Known) return worst_ ? 2 : 0;
    return ahead == Ahead::Possibly ? 2 : 0;
  }

  std::int64_t parts_;
  bool worst_;
  Code beyond_;
  std::vector<Code> codes_;  // by group, ahead, counted and part
  std::vector<std::uint32_t> members_;
};

}  // namespace assay::columns
