// Which way suits, and then the answers: a row's part is how many cuts it reaches.
#include "engine/columns/parts.h"

#include "engine/columns/parts_counted.h"
#include "engine/columns/parts_gathered.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

// How many of the cuts a code reaches; their number is known when compiled, so that few are compared without a branch.
template <int kParts, class Code>
std::uint8_t reached(const Code* cuts, Code code) {
  constexpr int kFew = 10;
  if constexpr (kParts > kFew) {
    return static_cast<std::uint8_t>(std::upper_bound(cuts, cuts + kParts - 1, code) - cuts);
  } else {
    unsigned count = 0;
    for (int i = 0; i + 1 < kParts; ++i) count += code >= cuts[i] ? 1u : 0u;
    return static_cast<std::uint8_t>(count);
  }
}

template <int kParts, class Code, class Numbers>
class Answers {
 public:
  Answers(const PartsAsked& asked, const Codes<Code>& codes, NumberColumn& out)
      : asked_(asked),
        numbers_(asked, codes),
        cuts_(asked.stage, asked.alike.count, codes.beyond()),
        causes_(asked.any),
        out_(out) {
    numbers_.find_cuts(cuts_);
  }

  // Lanes count from 0, and so do parts reached.
  void put_block(std::size_t begin, std::size_t count, const typename Codes<Code>::Block& codes) {
    const std::uint32_t* of = asked_.alike.of.empty() ? nullptr : asked_.alike.of.data() + begin;
    std::uint8_t *low = out_.low.bytes.data() + begin, *high = out_.high.bytes.data() + begin;
    State any = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t group = of ? of[i] : 0;
      const State made = part(group, begin + i, codes.low[i], codes.high[i], low[i], high[i]);
      out_.state[begin + i] = made;
      any = static_cast<State>(any | made);
    }
    out_.block[begin / kBlock] = any;
  }

 private:
  State part(std::size_t group, std::size_t row, Code own_low, Code own_high, std::uint8_t& low, std::uint8_t& high) {
    const State own = asked_.values.state[row];
    const bool counted = asked_.frame.in_being[row] != 0 && (own == 0 || !left_out(asked_.stage, own));
    low = high = 0;
    if (own != 0) {
      if ((own & kNotApplicable) != 0) return kNotApplicable;
      // Missing ones are passed over, and nobody is left.
      if (asked_.stage.ignoring_missing && (own & kCauses) == kMissing && cuts_.members(group) == 0)
        return kMissing | kOpen;
    }
    const Counted kind = !counted ? Counted::No : own_low == own_high ? Counted::Known : Counted::Unknown;
    low = reached<kParts>(cuts_.of(group, Ahead::Surely, kind), own_low);
    high = reached<kParts>(cuts_.of(group, Ahead::Possibly, kind), own_high);
    if (low == high) return 0;
    auto state = static_cast<State>(own & kCauses);
    for (std::size_t cause = 0; cause < causes_.count; ++cause)
      if ((state & causes_.bits[cause]) == 0 && numbers_.meets(group, cause, own_low, own_high))
        state = static_cast<State>(state | causes_.bits[cause]);
    return state;
  }

  const PartsAsked& asked_;
  Numbers numbers_;
  Cuts<Code> cuts_;
  CausesHeld causes_;
  NumberColumn& out_;
};

template <int kParts, class Code, class Numbers>
void answer(const PartsAsked& asked, const Codes<Code>& codes, NumberColumn& out) {
  Answers<kParts, Code, Numbers> answers(asked, codes, out);
  const std::size_t rows = asked.frame.rows;
  std::vector<typename Codes<Code>::Block> threads(most_threads());
  share_out((rows + kBlock - 1) / kBlock, [&](const Share& share) {
    auto& own = threads[share.thread];
    for (std::size_t block = share.begin; block < share.end; ++block) {
      const std::size_t begin = block * kBlock, count = std::min(kBlock, rows - begin);
      codes.read(begin, count, own);
      answers.put_block(begin, count, own);
    }
  });
}

template <class Code>
void find_parts_by(const PartsAsked& asked, NumberColumn& out) {
  const Codes<Code> codes(asked.values, asked.stage.lower_first);
  const auto by = [&]<int kParts>() {
    if (CountedNumbers<Code>::suits(asked, codes))
      answer<kParts, Code, CountedNumbers<Code>>(asked, codes, out);
    else
      answer<kParts, Code, GatheredNumbers<Code>>(asked, codes, out);
  };
  const int parts = ast::parts_of(asked.stage.op);
  CHECK(parts == 4 || parts == 5 || parts == 10 || parts == 100);
  if (parts == 4)
    by.template operator()<4>();
  else if (parts == 5)
    by.template operator()<5>();
  else if (parts == 10)
    by.template operator()<10>();
  else
    by.template operator()<100>();
}

}  // namespace

void find_parts(const PartsAsked& asked, NumberColumn& out) {
  CHECK(out.low.width == 1 && out.high.width == 1 && out.low.base == 1 && out.high.base == 1);
  const std::size_t bytes = code_bytes(asked.values);
  if (bytes == 2)
    find_parts_by<std::uint16_t>(asked, out);
  else if (bytes == 4)
    find_parts_by<std::uint32_t>(asked, out);
  else
    find_parts_by<std::uint64_t>(asked, out);
  out.any = 0;
  for (const State one : out.block) out.any = static_cast<State>(out.any | one);
}

}  // namespace assay::columns
