#pragma once
// Arrays of unsigned bytes in idx files (LeCun et al. 1998), plain or .gz, such as those of MNIST.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noema::memory {

/// Reads one element of the first dimension after another.
class IdxReader {
 public:
  /// Reads the header. Throws base::Error, naming the file, if it cannot be opened, is no idx file of unsigned bytes
  /// with that many dimensions, or is larger than anybody means it to be.
  IdxReader(const std::filesystem::path& path, std::size_t dimensions);
  ~IdxReader();
  IdxReader(IdxReader&&) noexcept;
  IdxReader& operator=(IdxReader&&) noexcept;

  const std::vector<std::size_t>& sizes() const { return sizes_; }
  /// The bytes of the next element, or nothing after the last. Throws base::Error for a file that ends early or goes on
  /// after the last element.
  std::optional<std::string> next();
  /// Bytes read of the file as it lies on the disk, about.
  std::uint64_t bytes_read() const;

 private:
  struct Source;
  std::size_t byte_of_header();
  [[noreturn]] void refuse(const std::string& why) const;

  std::filesystem::path path_;
  std::size_t dimensions_;
  std::unique_ptr<Source> source_;
  std::vector<std::size_t> sizes_;
  std::size_t element_bytes_ = 1;
  std::size_t given_ = 0;
};

/// Whether a regular file begins, packed or not, with two bytes 0, as idx files do and no text. False if it cannot be
/// read.
bool is_idx(const std::filesystem::path& path);

}  // namespace noema::memory
