// Room for many small values of which each is written before it is read. Private to engine/columns.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace assay::columns {

struct Pages {
  void operator()(void* room) const;
};
// In large pages where the system has them: a new page of 4 KB costs more than what is done to the values in it. Set to
// nothing, so that the thread that writes a page first is the one that uses it.
void* take_pages(std::size_t bytes);

template <class T>
class Large {
  static_assert(std::is_trivial_v<T>);

 public:
  Large() = default;
  explicit Large(std::size_t count) : room_(static_cast<T*>(take_pages(count * sizeof(T)))), count_(count) {}
  T* data() { return room_.get(); }
  const T* data() const { return room_.get(); }
  T& operator[](std::size_t i) { return room_.get()[i]; }
  const T& operator[](std::size_t i) const { return room_.get()[i]; }
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }

 private:
  std::unique_ptr<T, Pages> room_;
  std::size_t count_ = 0;
};

}  // namespace assay::columns
