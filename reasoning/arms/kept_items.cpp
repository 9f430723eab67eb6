#include "reasoning/arms/kept_items.h"

#include <algorithm>

#include "base/error.h"

namespace noema::reasoning {

using nlohmann::json;

void KeptItems::add(const Eigen::VectorXf& x, std::size_t of) {
  Item& item = items_.emplace_back();
  item.of = of;
  item.width = static_cast<std::size_t>(x.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    if (x[i] == 0) continue;
    item.places.push_back(static_cast<std::uint32_t>(i));
    item.values.push_back(x[i]);
  }
}

Inputs KeptItems::inputs() const {
  Inputs x(static_cast<Eigen::Index>(width()), static_cast<Eigen::Index>(items_.size()));
  std::size_t values = 0;
  for (const Item& item : items_) values += item.values.size();
  x.reserve(static_cast<Eigen::Index>(values));
  for (std::size_t j = 0; j < items_.size(); ++j) {
    const Item& item = items_[j];
    base::check(item.width == width(), "KeptItems: vectors of different lengths");
    x.startVec(static_cast<Eigen::Index>(j));
    for (std::size_t k = 0; k < item.values.size(); ++k)
      x.insertBack(static_cast<Eigen::Index>(item.places[k]), static_cast<Eigen::Index>(j)) = item.values[k];
  }
  x.finalize();
  return x;
}

std::vector<std::size_t> KeptItems::labels() const {
  std::vector<std::size_t> labels;
  for (const Item& item : items_) labels.push_back(item.of);
  return labels;
}

KeptItems KeptItems::chosen(const std::vector<std::size_t>& which) const {
  KeptItems chosen;
  for (const std::size_t i : which) chosen.add(*this, i);
  return chosen;
}

std::uint64_t KeptItems::bytes() const {
  std::uint64_t bytes = items_.size() * sizeof(Item);
  for (const Item& item : items_) bytes += item.values.size() * (sizeof(float) + sizeof(std::uint32_t));
  return bytes;
}

json KeptItems::save() const {
  json list = json::array();
  for (const Item& item : items_)
    list.push_back({{"label", item.of}, {"width", item.width}, {"places", item.places}, {"values", item.values}});
  return list;
}

void KeptItems::load(const json& state) {
  items_.clear();
  try {
    for (const json& saved : state) {
      Item item{saved.at("label").get<std::size_t>(), saved.at("width").get<std::size_t>(),
                saved.at("places").get<std::vector<std::uint32_t>>(), saved.at("values").get<std::vector<float>>()};
      const bool ascend = std::is_sorted(item.places.begin(), item.places.end(), std::less_equal<>());
      if (!ascend || item.places.size() != item.values.size() ||
          (!item.places.empty() && item.places.back() >= item.width))
        throw base::Error("a saved item has other places than values; begin the arm anew");
      items_.push_back(std::move(item));
    }
  } catch (const json::exception& error) {
    throw base::Error(std::string("saved items cannot be read: ") + error.what());
  }
}

void Reservoir::offer(const KeptItems& items, std::size_t i) {
  ++offered_;
  if (kept_.size() < most_) return kept_.add(items, i);
  const std::uint64_t place = rng_.below(offered_);
  if (place < most_) kept_.replace(place, items, i);
}

void Reservoir::clear() {
  kept_.clear();
  offered_ = 0;
}

KeptItems Reservoir::draw(std::size_t count) {
  std::vector<std::size_t> which;
  if (kept_.size() > 0)
    for (std::size_t i = 0; i < count; ++i) which.push_back(rng_.below(kept_.size()));
  return kept_.chosen(which);
}

json Reservoir::save() const { return {{"rng", rng_.state()}, {"kept", kept_.save()}, {"offered", offered_}}; }

void Reservoir::load(const json& state) {
  rng_ = base::Rng(state.at("rng").get<base::Rng::State>());
  kept_.load(state.at("kept"));
  offered_ = state.at("offered").get<std::uint64_t>();
}

}  // namespace noema::reasoning
