// Links of each anchor. First into stretches of anchors, so that each fits a near cache; then each stretch by itself.
// In time that is as the links, on all cores, and the same however many there are.
#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include "engine/columns/groups.h"
#include "engine/columns/share.h"

namespace assay::columns {

namespace {

// Which members an anchor has been seen with: a table in which what is of another anchor counts as empty.
class Seen {
 public:
  void begin(std::size_t links) {
    const std::size_t room = std::bit_ceil(std::max<std::size_t>(4 * links, 64));
    if (table_.size() < room || ++stamp_ == 0) table_.assign(std::max(table_.size(), room), 0), stamp_ = 1;
  }
  bool add(std::uint32_t member) {
    const std::uint64_t own = std::uint64_t{stamp_} << 32 | member;
    const std::size_t last = table_.size() - 1;
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
    for (std::size_t at = (member * 0x9E3779B97F4A7C15U >> 32) & last;; at = (at + 1) & last) {
      if (table_[at] == own) return false;
      if (table_[at] >> 32 == stamp_) continue;
      table_[at] = own;
      return true;
    }
  }

 private:
  std::vector<std::uint64_t> table_;
  std::uint32_t stamp_ = 0;
};

// What one thread needs to put a stretch in order.
struct Room {
  std::vector<std::uint32_t> links;    // of the stretch, as found
  std::vector<std::uint32_t> members;  // by anchor
  std::vector<std::uint64_t> sorted;   // by member and then by link
  Seen seen;
};

class Sorting {
 public:
  Sorting(const Frame& links, std::size_t anchors, bool forward)
      : frame_(links), anchor_(forward ? links.from : links.to), member_(forward ? links.to : links.from) {
    constexpr std::size_t kStretchLinks = 16384, kStretchesMax = 256;
    const std::size_t most = std::clamp<std::size_t>(links.rows / kStretchLinks, 1, kStretchesMax);
    while ((anchors >> shift_) >= most && shift_ < kShiftMax) ++shift_;
    // None of them empty: two that end with the anchors would both write where the last one's links end.
    stretches_ = anchors == 0 ? 1 : ((anchors - 1) >> shift_) + 1;
    out_.begin.resize(anchors + 1), out_.kept.resize(anchors);
  }

  Members sorted() && {
    if (stretches_ > 1)
      into_stretches();
    else
      out_.links = Large<std::uint32_t>(frame_.rows);
    std::vector<Room> rooms(most_threads());
    share_out(stretches_, [&](const Share& share) {
      for (std::size_t stretch = share.begin; stretch < share.end; ++stretch) sort(stretch, rooms[share.thread]);
    });
    return std::move(out_);
  }

 private:
  // Links are shared out into parts that each count for themselves, so that each knows where its own are to stand.
  void into_stretches() {
    constexpr std::size_t kPartLinks = 65536, kPartsMax = 16;
    const std::size_t parts = std::clamp<std::size_t>(frame_.rows / kPartLinks, 1, kPartsMax);
    const std::size_t each = (frame_.rows + parts - 1) / parts;
    std::vector<std::uint32_t> next(parts * stretches_, 0);
    const auto of_part = [&](auto visit) {
      share_out(parts, [&](const Share& share) {
        for (std::size_t part = share.begin; part < share.end; ++part) {
          std::uint32_t* own = next.data() + part * stretches_;
          const std::size_t end = std::min(frame_.rows, (part + 1) * each);
          for (std::size_t i = part * each; i < end; ++i)
            if (frame_.in_being[i] != 0) visit(static_cast<std::uint32_t>(i), own[anchor_[i] >> shift_]);
        }
      });
    };
    of_part([](std::uint32_t, std::uint32_t& count) { ++count; });
    std::uint32_t begin = 0;
    for (std::size_t stretch = 0; stretch < stretches_; ++stretch) {
      first_.push_back(begin);
      for (std::size_t part = 0; part < parts; ++part) begin += std::exchange(next[part * stretches_ + stretch], begin);
    }
    first_.push_back(begin);
    out_.links = Large<std::uint32_t>(begin);
    members_ = Large<std::uint32_t>(begin);
    anchors_ = Large<std::uint16_t>(begin);
    of_part([&](std::uint32_t i, std::uint32_t& place) {
      out_.links[place] = i, members_[place] = member_[i], anchors_[place] = within(anchor_[i]);
      ++place;
    });
  }

  std::uint16_t within(std::uint32_t anchor) const {
    return static_cast<std::uint16_t>(anchor & ((std::uint32_t{1} << shift_) - 1));
  }

  // visit(anchor, member, link) for each link of a stretch, in order. Of one alone they stand in the frame.
  template <class Visit>
  void each_link(std::size_t stretch, const std::vector<std::uint32_t>& links, Visit visit) const {
    if (stretches_ == 1) {
      for (std::size_t i = 0; i < frame_.rows; ++i)
        if (frame_.in_being[i] != 0) visit(anchor_[i], member_[i], static_cast<std::uint32_t>(i));
      return;
    }
    const std::size_t low = stretch << shift_, first = first_[stretch];
    for (std::size_t i = 0; i < links.size(); ++i) visit(low + anchors_[first + i], members_[first + i], links[i]);
  }

  void sort(std::size_t stretch, Room& room) {
    const std::uint32_t first = stretches_ == 1 ? 0 : first_[stretch];
    const std::size_t low = stretch << shift_, high = std::min(out_.kept.size(), (stretch + 1) << shift_);
    if (stretches_ > 1) room.links.assign(out_.links.data() + first, out_.links.data() + first_[stretch + 1]);
    each_link(stretch, room.links, [&](std::size_t anchor, std::uint32_t, std::uint32_t) { ++out_.kept[anchor]; });
    std::uint32_t begin = first;
    for (std::size_t anchor = low; anchor < high; ++anchor) {
      out_.begin[anchor] = begin;
      begin += std::exchange(out_.kept[anchor], 0);
    }
    if (high == out_.kept.size()) out_.begin.back() = begin;
    room.members.resize(begin - first);
    each_link(stretch, room.links, [&](std::size_t anchor, std::uint32_t member, std::uint32_t link) {
      const std::uint32_t place = out_.begin[anchor] + out_.kept[anchor]++;
      out_.links[place] = link, room.members[place - first] = member;
    });
    for (std::size_t anchor = low; anchor < high; ++anchor) {
      const std::uint32_t from = out_.begin[anchor], count = out_.kept[anchor];
      out_.kept[anchor] = keep_first({room.members.data() + (from - first), count}, out_.links.data() + from, room);
    }
  }

  // Of links to the same member, the first. Answers how many are left.
  static std::uint32_t keep_first(std::span<const std::uint32_t> members, std::uint32_t* links, Room& room) {
    const auto count = static_cast<std::uint32_t>(members.size());
    if (std::ranges::adjacent_find(members, std::greater_equal()) == members.end()) return count;
    constexpr std::uint32_t kManyLinks = 4096;
    std::uint32_t kept = 0;
    if (count <= kManyLinks) {
      room.seen.begin(count);
      for (std::uint32_t i = 0; i < count; ++i)
        if (room.seen.add(members[i])) links[kept++] = links[i];
      return kept;
    }
    room.sorted.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) room.sorted[i] = std::uint64_t{members[i]} << 32 | links[i];
    std::sort(room.sorted.begin(), room.sorted.end());
    for (std::size_t i = 0; i < count; ++i)
      if (i == 0 || room.sorted[i] >> 32 != room.sorted[i - 1] >> 32)
        links[kept++] = static_cast<std::uint32_t>(room.sorted[i]);
    return kept;
  }

  const Frame& frame_;
  const std::vector<std::uint32_t>&anchor_, &member_;
  static constexpr int kShiftMax = 16;
  int shift_ = 0;  // anchors of a stretch, as a power of two
  std::size_t stretches_ = 0;
  std::vector<std::uint32_t> first_;  // of each stretch, among its links
  Large<std::uint32_t> members_;      // by stretch, as the links
  Large<std::uint16_t> anchors_;      // likewise; within the stretch
  Members out_;                       // links: by stretch, then by anchor
};

}  // namespace

Members members_of(const Frame& links, std::size_t anchors, bool forward) {
  return Sorting(links, anchors, forward).sorted();
}

}  // namespace assay::columns
