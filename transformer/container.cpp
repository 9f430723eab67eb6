#include "transformer/container.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "base/error.h"
#include "base/hash.h"

namespace noema::transformer {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "arrays are written as they lie in memory");

constexpr std::string_view kMagic = "noema file\n";
constexpr std::size_t kHashBytes = 64;

template <typename Integer>
void put(std::string& bytes, Integer value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Reads the bytes in order. Throws Error if there are too few, because the file is then damaged.
struct Walk {
  std::string_view bytes;
  std::string_view name;
  std::string_view take(std::size_t n) {
    if (n > bytes.size())
      throw base::Error(fmt::format("{}: the file is truncated; take it from a backup or make it again", name));
    const auto part = bytes.substr(0, n);
    bytes.remove_prefix(n);
    return part;
  }
  template <typename Integer>
  Integer integer() {
    Integer value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
};

[[noreturn]] void refuse_header(std::string_view name) {
  throw base::Error(fmt::format("{}: the file's header is damaged; take it from a backup or make it again", name));
}

/// The length that a header claims for a byte string or an array: a whole number, which no negative one may stand for.
double length_of(const json& part, std::string_view name) {
  const json& length = part.at("length");
  if (!length.is_number_unsigned()) refuse_header(name);
  return length.get<double>();
}

}  // namespace

std::string pack(const Container& container) {
  json header = {
      {"kind", container.kind}, {"content", container.header}, {"blobs", json::array()}, {"arrays", json::array()}};
  for (const auto& [name, blob] : container.blobs) header["blobs"].push_back({{"name", name}, {"length", blob.size()}});
  for (const auto& [name, values] : container.arrays)
    header["arrays"].push_back({{"name", name}, {"length", values.size()}});
  const std::string text = header.dump();
  std::string bytes(kMagic);
  put(bytes, kContainerVersion);
  put(bytes, static_cast<std::uint64_t>(text.size()));
  bytes += text;
  for (const auto& [name, blob] : container.blobs) bytes += blob;
  for (const auto& [name, values] : container.arrays)
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  bytes += base::sha256_hex(bytes);
  return bytes;
}

Container unpack(std::string_view bytes, std::string_view kind, std::string_view name) {
  if (!bytes.starts_with(kMagic))
    throw base::Error(fmt::format("{}: is not a noema {}; give a file that `noema train` wrote", name, kind));
  Walk walk{bytes, name};
  walk.take(kMagic.size());
  const auto version = walk.integer<std::uint32_t>();
  if (version > kContainerVersion)
    throw base::Error(fmt::format("{}: has format {}, this program reads up to {}; use a newer noema", name, version,
                                  kContainerVersion));
  const auto header_bytes = walk.integer<std::uint64_t>();
  const auto text = walk.take(header_bytes);
  Container container;
  try {
    json header = json::parse(text);
    double expected = kHashBytes;  // a double, because the lengths in a damaged header could overflow an integer
    for (const auto& blob : header.at("blobs")) expected += length_of(blob, name);
    for (const auto& array : header.at("arrays")) expected += length_of(array, name) * sizeof(float);
    if (static_cast<double>(walk.bytes.size()) != expected)
      throw base::Error(
          fmt::format("{}: the file is truncated or padded: expected {:.0f} more bytes, found {}; take it from a "
                      "backup or make it again",
                      name, expected, walk.bytes.size()));
    if (base::sha256_hex(bytes.substr(0, bytes.size() - kHashBytes)) != bytes.substr(bytes.size() - kHashBytes))
      throw base::Error(
          fmt::format("{}: the file is damaged (its SHA-256 differs); take it from a backup or make it again", name));
    container.kind = header.at("kind").get<std::string>();
    container.header = std::move(header.at("content"));  // copying would recurse as deep as a hostile one nests
    for (const auto& blob : header.at("blobs")) {
      const auto raw = walk.take(blob.at("length").get<std::size_t>());
      container.blobs.emplace(blob.at("name").get<std::string>(), raw);
    }
    for (const auto& array : header.at("arrays")) {
      std::vector<float> values(array.at("length").get<std::size_t>());
      const auto raw = walk.take(values.size() * sizeof(float));
      if (!raw.empty()) std::memcpy(values.data(), raw.data(), raw.size());
      container.arrays.emplace(array.at("name").get<std::string>(), std::move(values));
    }
  } catch (const json::exception&) {
    refuse_header(name);
  }
  if (container.kind != kind)
    throw base::Error(fmt::format("{}: is a noema {}, expected a {}", name, container.kind, kind));
  return container;
}

}  // namespace noema::transformer
