#include "memory/images/idx.h"

#include <fmt/format.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <fstream>

#include "base/error.h"

namespace noema::memory {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 31;
constexpr std::size_t kUnsignedBytes = 8;  ///< third byte of the magic number

}  // namespace

/// The bytes of a file, unpacked. Not in the namespace without a name: IdxReader::Source has external linkage.
struct Unpacked {
  explicit Unpacked(const fs::path& path) : file(path, std::ios::binary) {
    if (!file) throw base::Error(path.string() + ": cannot be opened; check the path");
    if (path.extension() == ".gz") in.push(boost::iostreams::gzip_decompressor());
    in.push(file);
    in.exceptions(std::ios::badbit);  // lets the errors of the decompressor through
  }
  std::ifstream file;
  boost::iostreams::filtering_istream in;
};

struct IdxReader::Source : Unpacked {
  using Unpacked::Unpacked;
};

IdxReader::~IdxReader() = default;
IdxReader::IdxReader(IdxReader&&) noexcept = default;
IdxReader& IdxReader::operator=(IdxReader&&) noexcept = default;

void IdxReader::refuse(const std::string& why) const {
  throw base::Error(fmt::format("{}: {}; expected an idx file of unsigned bytes with {} dimensions", path_.string(),
                                why, dimensions_));
}

std::size_t IdxReader::byte_of_header() {
  const int value = source_->in.get();
  if (value == std::char_traits<char>::eof()) refuse("it ends in its header");
  return static_cast<std::size_t>(value);
}

/// Magic number 0, 0, 8, number of dimensions; their sizes, big-endian; the bytes.
IdxReader::IdxReader(const fs::path& path, std::size_t dimensions)
    : path_(path), dimensions_(dimensions), source_(std::make_unique<Source>(path)) {
  try {
    for (const std::size_t expected : {std::size_t{0}, std::size_t{0}, kUnsignedBytes, dimensions})
      if (byte_of_header() != expected) refuse("its magic number is another");
    std::uint64_t all = 1;
    for (std::size_t i = 0; i < dimensions; ++i) {
      std::size_t size = 0;
      for (int k = 0; k < 4; ++k) size = size << 8 | byte_of_header();
      sizes_.push_back(size);
      if (size == 0 || (all *= size) > kMostBytes) refuse(fmt::format("a dimension is {}", size));
      if (i > 0) element_bytes_ *= size;
    }
  } catch (const boost::iostreams::gzip_error& error) {
    refuse(fmt::format("it cannot be decompressed ({})", error.what()));
  }
}

std::optional<std::string> IdxReader::next() {
  try {
    if (given_ == sizes_.front()) {
      if (source_->in.peek() != std::char_traits<char>::eof())
        refuse(fmt::format("it goes on after the {} bytes of its header", given_ * element_bytes_));
      return std::nullopt;
    }
    std::string bytes(element_bytes_, '\0');
    source_->in.read(bytes.data(), static_cast<std::streamsize>(element_bytes_));
    const auto read = static_cast<std::size_t>(source_->in.gcount());
    if (read != element_bytes_)
      refuse(
          fmt::format("it ends after {} of {} bytes", given_ * element_bytes_ + read, sizes_.front() * element_bytes_));
    ++given_;
    return bytes;
  } catch (const boost::iostreams::gzip_error& error) {
    refuse(fmt::format("it cannot be decompressed ({})", error.what()));
  }
}

std::uint64_t IdxReader::bytes_read() const {
  const auto at = source_->file.tellg();
  return at < 0 ? 0 : static_cast<std::uint64_t>(at);
}

bool is_idx(const fs::path& path) {
  std::error_code code;
  if (!fs::is_regular_file(path, code)) return false;
  try {
    Unpacked file(path);
    return file.in.get() == 0 && file.in.get() == 0;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace noema::memory
