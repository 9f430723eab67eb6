#pragma once
// A table by id in which rows come and go: an id whose row is gone costs next to nothing, and no id is used twice.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.h"

namespace noema::concepts {

/// Rows by id from 0 on, each where it was made until it is released. A released row reads as a default one. Rows stand
/// on pages of 16, pages in directories of 256; a page goes with its last row and a directory with its last page, so
/// that 4096 ids without a row cost the 8 bytes of their directory's pointer.
template <typename T>
class Table {
 public:
  Table() = default;
  Table(Table&&) noexcept = default;
  Table& operator=(Table&&) noexcept = default;
  Table(const Table& other) { *this = other; }
  Table& operator=(const Table& other) {
    Table copy;
    copy.grow(other.size_);
    other.for_each([&](std::size_t id, const T& row) { copy.put(id, T(row)); });
    return *this = std::move(copy);
  }

  std::size_t size() const { return size_; }
  /// False if the row was released or never made. id: below size().
  bool holds(std::size_t id) const { return find(id) != nullptr; }
  const T& operator[](std::size_t id) const {
    static const T none = gone();
    const T* row = find(id);
    return row ? *row : none;
  }
  T& operator[](std::size_t id) {
    T* row = find(id);
    base::check(row, "a row that is gone is not written");
    return *row;
  }

  /// Adds a row at the end.
  void push_back(T row) {
    grow(size_ + 1);
    put(size_ - 1, std::move(row));
  }
  /// Makes ids below `size`, those that are new without a row.
  void grow(std::size_t size) {
    size_ = std::max(size_, size);
    directories_.resize((size_ + kIds - 1) / kIds);
  }
  /// Brings a row (back) to an id below size().
  void put(std::size_t id, T row) {
    auto& directory = directories_[id / kIds];
    if (!directory) {
      directory = std::make_unique<Directory>();
      ++live_directories_;
    }
    auto& page = directory->pages[id / kRows % kPages];
    if (!page) {
      page = std::make_unique<Page>();
      ++directory->live;
      ++live_pages_;
    }
    auto& place = page->rows[id % kRows];
    base::check(!place, "a row is made once");
    place = std::make_unique<T>(std::move(row));
    ++page->live;
    ++live_;
  }
  void release(std::size_t id) {
    base::check(holds(id), "a row is released once");
    auto& directory = directories_[id / kIds];
    auto& page = directory->pages[id / kRows % kPages];
    page->rows[id % kRows].reset();
    --live_;
    if (--page->live > 0) return;
    page.reset();
    --live_pages_;
    if (--directory->live > 0) return;
    directory.reset();
    --live_directories_;
  }
  /// Number of rows that are there.
  std::size_t live() const { return live_; }

  /// Visits the rows that are there with their ids, ascending. O(rows + ids / 4096).
  template <typename Visit>
  void for_each(Visit&& visit) const {
    each(*this, [&](std::size_t id, const T& row) { visit(id, row); });
  }
  template <typename Visit>
  void for_each(Visit&& visit) {
    each(*this, visit);
  }

  /// Rows, pages, directories and their pointers; not what the rows point to. A function of which rows there are.
  std::uint64_t bytes() const {
    return live_ * (sizeof(T) + kAllocation) + live_pages_ * (sizeof(Page) + kAllocation) +
           live_directories_ * (sizeof(Directory) + kAllocation) + directories_.size() * sizeof(directories_[0]);
  }

 private:
  static constexpr std::size_t kRows = 16, kPages = 256, kIds = kRows * kPages;
  static constexpr std::uint64_t kAllocation = 8;  // what the allocator keeps beside a block
  struct Page {
    std::array<std::unique_ptr<T>, kRows> rows;
    std::size_t live = 0;
  };
  struct Directory {
    std::array<std::unique_ptr<Page>, kPages> pages;
    std::size_t live = 0;
  };

  /// What a released row reads as: T::gone() if there is one.
  static T gone() {
    if constexpr (requires { T::gone(); })
      return T::gone();
    else
      return T{};
  }

  T* find(std::size_t id) const {
    const auto& directory = directories_[id / kIds];
    if (!directory) return nullptr;
    const auto& page = directory->pages[id / kRows % kPages];
    return page ? page->rows[id % kRows].get() : nullptr;
  }

  template <typename Self, typename Visit>
  static void each(Self& self, Visit&& visit) {
    for (std::size_t d = 0; d < self.directories_.size(); ++d) {
      if (!self.directories_[d]) continue;
      for (std::size_t p = 0; p < kPages; ++p) {
        const auto& page = self.directories_[d]->pages[p];
        if (!page) continue;
        for (std::size_t r = 0; r < kRows; ++r)
          if (page->rows[r]) visit(d * kIds + p * kRows + r, *page->rows[r]);
      }
    }
  }

  std::vector<std::unique_ptr<Directory>> directories_;
  std::size_t size_ = 0;
  std::size_t live_ = 0;
  std::size_t live_pages_ = 0;
  std::size_t live_directories_ = 0;
};

}  // namespace noema::concepts
