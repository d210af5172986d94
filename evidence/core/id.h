// Typed index: the place of something in its table. Two ids of different tags never mix.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace assay {

template <class Tag>
struct Id {
  std::uint32_t index = 0;
  friend auto operator<=>(Id, Id) = default;
};

}  // namespace assay

template <class Tag>
struct std::hash<assay::Id<Tag>> {
  std::size_t operator()(assay::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.index); }
};
