//! Where things stand in our own drawing: columns by kind, few crossings, short arrows.
//!
//! In: a [`GraphView`]. Out: boxes, frames around groups, and for each edge the points it runs through. Beside each column
//! lies a zone for labels, in which edges run straight, so that no label stands on another or under an edge. Refuses:
//! chance; the same view is always laid out alike. Method: layers with dummy points for long edges and barycentre sweeps
//! (Sugiyama et al. 1981), then heights by isotonic regression (each item as near to its neighbours' mean as the order
//! allows).

use super::super::cut::Layout as Order;
use super::super::groups::{Groups, groups};
use super::super::style::{time_of, wrap};
use super::super::view::{GraphView, NodeKind};
use std::collections::BTreeMap;

/// Width of a box.
pub(super) const WIDTH: f32 = 212.0;
/// Space between the label zones of two columns, for bends.
const BENDS: f32 = 84.0;
/// What bows beside a column need of it at most.
const BOWS: f32 = 70.0;
/// Size of edge labels.
pub(super) const SMALL: f32 = 9.5;
/// Space on either side of a label.
pub(super) const ASIDE: f32 = 7.0;
/// Room for the tip of an arrow.
const TIP: f32 = 14.0;
/// Characters of an edge label.
const EDGE: usize = 34;
/// Size of the name of a frame.
pub(super) const NAME: f32 = 11.0;
/// Space between a frame and what is in it; above, its name stands.
const FRAME: (f32, f32) = (14.0, 30.0);
/// Height of a line of text.
pub(super) const LINE: f32 = 13.5;
/// Least space between two boxes of a column.
const BETWEEN: f32 = 14.0;
/// Space that a passing edge takes.
const PASSING: f32 = 9.0;
/// Space that an edge takes at the side of a box.
const PORT: f32 = 12.5;
/// Sweeps over the columns.
const SWEEPS: usize = 24;
/// Characters of a line of a label.
const CHARACTERS: usize = 31;

/// A box in the drawing.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Lines of its label.
    pub lines: Vec<String>,
    /// Lines under the label (roles).
    pub detail: Vec<String>,
    /// Left edge.
    pub x: f32,
    /// Middle.
    pub y: f32,
    /// Height.
    pub height: f32,
    /// Column, from the left.
    pub column: usize,
}

/// A frame around a group.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Name of the group.
    pub name: String,
    /// Left, top, width, height.
    pub place: [f32; 4],
}

/// An edge label as it is drawn.
pub(super) fn shown(label: &str) -> String {
    if label.chars().count() <= EDGE {
        return label.to_owned();
    }
    label.chars().take(EDGE - 1).collect::<String>() + "…"
}

/// Width that a label takes.
pub(super) fn width_of(label: &str) -> f32 {
    shown(label).chars().map(share).sum::<f32>() * SMALL
}

/// Width of a character as a share of its size, in fonts as wide as DejaVu Sans.
const fn share(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '’' | ' ' | ':' => 0.34,
        'f' | 'r' | 't' | '-' | '(' | ')' => 0.42,
        'm' | 'w' | 'M' | 'W' | '…' => 1.0,
        'a'..='z' | '0'..='9' => 0.64,
        c if c.is_ascii() => 0.76,
        _ => 1.0,
    }
}

/// The start of a name that takes so much room at some size.
fn fitted(name: &str, room: f32, size: f32) -> String {
    let mut end = 0.0;
    let kept = name.chars().take_while(|c| {
        end += share(*c) * size;
        end <= room
    });
    let kept = kept.count();
    if kept == name.chars().count() {
        return name.to_owned();
    }
    let start: String = name.chars().take(kept.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

/// A laid-out view.
pub(super) struct Layout {
    /// One box a node.
    pub boxes: Vec<Placed>,
    /// Points each edge runs through, ends included: straight to the second, bent to the third, straight to the fourth…
    pub routes: Vec<Vec<(f32, f32)>>,
    /// Frames around groups, where the layout has them.
    pub frames: Vec<Frame>,
    /// Width of the whole.
    pub width: f32,
    /// Height of the whole.
    pub height: f32,
}

/// Something that takes room in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item {
    Node(usize),
    /// An edge on its way through.
    Passing(usize),
}

const fn column_of(kind: NodeKind) -> usize {
    match kind {
        NodeKind::Place | NodeKind::Figure => 0,
        NodeKind::Event | NodeKind::PossibleEvent => 1,
        NodeKind::Person | NodeKind::Thing => 2,
        NodeKind::Organisation => 3,
    }
}

/// Lays a view out.
pub(super) fn lay_out(view: &GraphView) -> Layout {
    let mut columns: Vec<usize> = view.nodes.iter().map(|n| column_of(n.kind)).collect();
    let mut used: Vec<usize> = columns.clone();
    used.sort_unstable();
    used.dedup();
    for c in &mut columns {
        *c = used.binary_search(c).unwrap_or(0);
    }
    let mut items: Vec<Item> = (0..view.nodes.len()).map(Item::Node).collect();
    let mut column: Vec<usize> = columns.clone();
    // Links between items of neighbouring columns, and the chain of items each edge runs through.
    let mut chains: Vec<Vec<usize>> = Vec::with_capacity(view.edges.len());
    for (e, edge) in view.edges.iter().enumerate() {
        let (from, to) = (columns[edge.from], columns[edge.to]);
        let mut chain = vec![edge.from];
        let between: Vec<usize> = if from < to {
            (from + 1..to).collect()
        } else {
            (to + 1..from).rev().collect()
        };
        for c in between {
            chain.push(items.len());
            items.push(Item::Passing(e));
            column.push(c);
        }
        chain.push(edge.to);
        chains.push(chain);
    }
    let mut links: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for chain in &chains {
        for pair in chain.windows(2) {
            links[pair[0]].push(pair[1]);
            links[pair[1]].push(pair[0]);
        }
    }
    // Each group takes a band across all columns; what is in none comes last.
    let groups = match view.layout {
        Order::Groups => groups(view),
        _ => Groups::default(),
    };
    let band_of = |node: usize| groups.of.get(node).copied().flatten();
    let bands: Vec<usize> = items
        .iter()
        .map(|item| match item {
            Item::Node(n) => *n,
            Item::Passing(e) => view.edges[*e].from,
        })
        .map(|node| band_of(node).unwrap_or(groups.names.len()))
        .collect();
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); used.len()];
    for (i, &c) in column.iter().enumerate() {
        rows[c].push(i);
    }
    let mut boxes = boxes(view, &columns, &chains);
    let heights: Vec<f32> = items
        .iter()
        .map(|item| match item {
            Item::Node(n) => boxes[*n].height + BETWEEN,
            Item::Passing(_) => PASSING,
        })
        .collect();
    order(view, &mut rows, &links, &bands);
    let (y, height) = stacked(&rows, &links, &heights, &bands, &groups);
    let zones = zones(view, &columns, used.len().max(1));
    for (placed, y) in boxes.iter_mut().zip(&y) {
        placed.y = *y;
        placed.x = zones[placed.column].x;
    }
    let routes = routes(&boxes, &chains, &column, &zones, |i| y[i]);
    let frames = frames(&boxes, &zones, &groups);
    Layout {
        boxes,
        routes,
        frames,
        width: zones
            .last()
            .map_or(WIDTH, |zone| zone.x + WIDTH + zone.after),
        height,
    }
}

/// Where a column stands, and the zones beside it in which edges run straight.
struct Zone {
    /// Left edge of its boxes.
    x: f32,
    /// Width of the zone on its left.
    before: f32,
    /// Width of the zone on its right; behind the last column with all that its bows need.
    after: f32,
}

/// Columns far enough apart for the labels that start at their sides, and for bends between them.
fn zones(view: &GraphView, columns: &[usize], count: usize) -> Vec<Zone> {
    let mut zones: Vec<Zone> = (0..count)
        .map(|_| Zone {
            x: 0.0,
            before: TIP,
            after: TIP,
        })
        .collect();
    let mut bows = vec![0.0f32; count];
    for edge in &view.edges {
        let (from, to) = (columns[edge.from], columns[edge.to]);
        let wide = width_of(&edge.label) + 2.0 * ASIDE;
        let zone = &mut zones[from];
        if to < from {
            zone.before = zone.before.max(wide);
        } else {
            zone.after = zone.after.max(wide);
        }
        if from == to {
            bows[from] = BOWS;
        }
    }
    for c in 1..count {
        let last = &zones[c - 1];
        let between = last.after + BENDS.max(bows[c - 1]) + zones[c].before;
        zones[c].x = last.x + WIDTH + between;
    }
    // Nothing starts behind the last column but bows.
    if let (Some(zone), Some(bow)) = (zones.last_mut(), bows.last()) {
        zone.after = if *bow > 0.0 { zone.after + bow } else { TIP };
    }
    zones
}

/// Heights of all items, band under band from 0, and the height of the whole.
fn stacked(
    rows: &[Vec<usize>],
    links: &[Vec<usize>],
    heights: &[f32],
    bands: &[usize],
    groups: &Groups,
) -> (Vec<f32>, f32) {
    let mut y = vec![0.0f32; heights.len()];
    let mut top = 0.0;
    for band in 0..=groups.names.len() {
        let own = |i: &usize| bands[*i] == band;
        let part: Vec<Vec<usize>> = rows
            .iter()
            .map(|row| row.iter().copied().filter(own).collect())
            .collect();
        let items = || part.iter().flatten().copied();
        if items().next().is_none() {
            continue;
        }
        let near: Vec<Vec<usize>> = links
            .iter()
            .map(|around| around.iter().copied().filter(own).collect())
            .collect();
        let own = heights_of(&part, &near, heights);
        let least = |i: usize| own[i] - heights[i] / 2.0;
        let highest = items().map(least).fold(f32::MAX, f32::min);
        let framed = band < groups.names.len();
        let (below, above) = if framed { FRAME } else { (0.0, 0.0) };
        let mut bottom = top;
        for i in items() {
            y[i] = own[i] - highest + top + above;
            bottom = bottom.max(y[i] + heights[i] / 2.0);
        }
        top = bottom + below + if framed { FRAME.0 } else { 0.0 };
    }
    (y, top)
}

/// A frame around the boxes of each group.
fn frames(boxes: &[Placed], zones: &[Zone], groups: &Groups) -> Vec<Frame> {
    let framed = |(number, name): (usize, &String)| {
        let members = || {
            let of = groups.of.iter().zip(boxes);
            of.filter(move |(group, _)| **group == Some(number))
                .map(|(_, placed)| placed)
        };
        let least = |side: fn(&Placed) -> f32| members().map(side).fold(f32::MAX, f32::min);
        let most = |side: fn(&Placed) -> f32| members().map(side).fold(f32::MIN, f32::max);
        let columns = || members().map(|b| &zones[b.column]);
        let left = columns().map(|zone| zone.x - zone.before);
        let left = left.fold(f32::MAX, f32::min);
        let right = columns().map(|zone| zone.x + WIDTH + zone.after);
        let right = right.fold(f32::MIN, f32::max);
        // The name is bold, so wider.
        let room = (right - left) / 1.15;
        let top = least(|b| b.y - b.height / 2.0) - FRAME.1 + BETWEEN / 2.0;
        let bottom = most(|b| b.y + b.height / 2.0) + FRAME.0;
        Frame {
            name: fitted(name, room, NAME),
            place: [left, top, right - left, bottom - top],
        }
    };
    groups.names.iter().enumerate().map(framed).collect()
}

/// Boxes with their text, high enough for the edges at their sides.
fn boxes(view: &GraphView, columns: &[usize], chains: &[Vec<usize>]) -> Vec<Placed> {
    let mut ports = vec![[0usize; 2]; view.nodes.len()];
    for (edge, chain) in view.edges.iter().zip(chains) {
        let (a, b) = (columns[edge.from], columns[edge.to]);
        let sides = match a.cmp(&b) {
            std::cmp::Ordering::Less => (1, 0),
            std::cmp::Ordering::Greater => (0, 1),
            std::cmp::Ordering::Equal => (1, 1),
        };
        ports[edge.from][sides.0] += 1;
        ports[edge.to][sides.1] += 1;
        debug_assert!(chain.len() >= 2, "an edge has two ends");
    }
    view.nodes
        .iter()
        .enumerate()
        .map(|(i, node)| {
            let lines = wrap(&node.label, CHARACTERS, 4);
            let detail = if node.kind.is_event() && view.layout == Order::Time {
                vec![time_of(node)]
            } else if node.kind.is_event() {
                Vec::new()
            } else {
                wrap(&node.detail, CHARACTERS + 4, 2)
            };
            let text = (lines.len() + detail.len()) as f32 * LINE + 12.0;
            let sides = ports[i][0].max(ports[i][1]) as f32 * PORT + 8.0;
            Placed {
                lines,
                detail,
                x: 0.0,
                y: 0.0,
                height: text.max(sides),
                column: columns[i],
            }
        })
        .collect()
}

/// Orders the columns so that linked items face each other; starts from connected parts and time.
fn order(view: &GraphView, rows: &mut [Vec<usize>], links: &[Vec<usize>], bands: &[usize]) {
    let parts = view.parts();
    let size = parts.iter().fold(BTreeMap::new(), |mut all, p| {
        *all.entry(*p).or_insert(0usize) += 1;
        all
    });
    let part = |i: usize| {
        // A passing point belongs to the part of what it links.
        let mut at = i;
        while at >= parts.len() {
            at = links[at].iter().copied().min().unwrap_or(0);
        }
        parts[at]
    };
    let when = |i: usize| view.nodes.get(i).and_then(|n| n.begins.clone());
    for row in rows.iter_mut() {
        row.sort_by_cached_key(|&i| {
            let p = part(i);
            (
                bands[i],
                std::cmp::Reverse(size.get(&p).copied().unwrap_or(0)),
                p,
                when(i).is_none(),
                when(i),
                i,
            )
        });
    }
    // In the order of time, the column of events stays as time orders it.
    let fixed = (view.layout == Order::Time)
        .then(|| {
            let event = |i: &usize| view.nodes.get(*i).is_some_and(|n| n.kind.is_event());
            rows.iter().position(|row| row.iter().any(event))
        })
        .flatten();
    if let Some(column) = fixed {
        rows[column].sort_by_cached_key(|&i| {
            let node = view.nodes.get(i);
            let ends = node.and_then(|n| n.ends.clone());
            (when(i).is_none(), when(i), ends, i)
        });
    }
    let mut position = vec![0.0f32; links.len()];
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for sweep in 0..SWEEPS {
        for row in rows.iter() {
            for (n, &i) in row.iter().enumerate() {
                position[i] = n as f32 / row.len().max(1) as f32;
            }
        }
        let count = crossings(rows, links);
        if best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, rows.to_vec()));
        }
        let order: Vec<usize> = if sweep % 2 == 0 {
            (0..rows.len()).collect()
        } else {
            (0..rows.len()).rev().collect()
        };
        for c in order.into_iter().filter(|c| Some(*c) != fixed) {
            let key: BTreeMap<usize, f32> = rows[c]
                .iter()
                .map(|&i| {
                    let around = &links[i];
                    let mean = if around.is_empty() {
                        position[i]
                    } else {
                        around.iter().map(|&j| position[j]).sum::<f32>() / around.len() as f32
                    };
                    (i, mean)
                })
                .collect();
            rows[c].sort_by(|a, b| {
                let mean = key[a].total_cmp(&key[b]);
                bands[*a].cmp(&bands[*b]).then(mean).then(a.cmp(b))
            });
            let length = rows[c].len().max(1) as f32;
            for (n, &i) in rows[c].iter().enumerate() {
                position[i] = n as f32 / length;
            }
        }
    }
    if let Some((_, best)) = best {
        rows.clone_from_slice(&best);
    }
}

/// Crossings of links between neighbouring columns.
fn crossings(rows: &[Vec<usize>], links: &[Vec<usize>]) -> usize {
    let mut place: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (c, row) in rows.iter().enumerate() {
        for (n, &i) in row.iter().enumerate() {
            place.insert(i, (c, n));
        }
    }
    let mut count = 0;
    for (c, row) in rows.iter().enumerate() {
        let pairs: Vec<(usize, usize)> = row
            .iter()
            .enumerate()
            .flat_map(|(n, &i)| {
                let place = &place;
                links[i].iter().filter_map(move |j| {
                    let &(other, m) = place.get(j)?;
                    (other == c + 1).then_some((n, m))
                })
            })
            .collect();
        for (k, a) in pairs.iter().enumerate() {
            count += pairs[k + 1..]
                .iter()
                .filter(|b| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1))
                .count();
        }
    }
    count
}

/// Heights of all items: near the mean of their neighbours, in order, without overlap.
fn heights_of(rows: &[Vec<usize>], links: &[Vec<usize>], heights: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0f32; heights.len()];
    for row in rows {
        let total: f32 = row.iter().map(|&i| heights[i]).sum();
        let mut at = -total / 2.0;
        for &i in row {
            y[i] = at + heights[i] / 2.0;
            at += heights[i];
        }
    }
    for sweep in 0..SWEEPS {
        let order: Vec<usize> = if sweep % 2 == 0 {
            (0..rows.len()).collect()
        } else {
            (0..rows.len()).rev().collect()
        };
        for c in order {
            let row = &rows[c];
            let wish: Vec<f32> = row
                .iter()
                .map(|&i| {
                    let around = &links[i];
                    if around.is_empty() {
                        y[i]
                    } else {
                        around.iter().map(|&j| y[j]).sum::<f32>() / around.len() as f32
                    }
                })
                .collect();
            let sizes: Vec<f32> = row.iter().map(|&i| heights[i]).collect();
            for (&i, at) in row.iter().zip(in_order(&wish, &sizes)) {
                y[i] = at;
            }
        }
    }
    y
}

/// Middles as near to the wishes as possible (least squares), in order and apart by half the sizes of both.
fn in_order(wish: &[f32], sizes: &[f32]) -> Vec<f32> {
    let mut offset = Vec::with_capacity(wish.len());
    let mut at = 0.0;
    for (i, size) in sizes.iter().enumerate() {
        if i > 0 {
            at += f32::midpoint(sizes[i - 1], *size);
        }
        offset.push(at);
    }
    // Pools of neighbours that share one shift.
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for (w, o) in wish.iter().zip(&offset) {
        pools.push((w - o, 1));
        while let [.., a, b] = pools[..] {
            if a.0 <= b.0 {
                break;
            }
            let n = a.1 + b.1;
            let mean = (a.0 * a.1 as f32 + b.0 * b.1 as f32) / n as f32;
            pools.truncate(pools.len() - 2);
            pools.push((mean, n));
        }
    }
    pools
        .iter()
        .flat_map(|&(shift, n)| std::iter::repeat_n(shift, n))
        .zip(offset)
        .map(|(shift, o)| shift + o)
        .collect()
}

/// The points each edge runs through; the ends spread over the sides of their boxes in the order of where they lead.
fn routes(
    boxes: &[Placed],
    chains: &[Vec<usize>],
    column: &[usize],
    zones: &[Zone],
    y: impl Fn(usize) -> f32,
) -> Vec<Vec<(f32, f32)>> {
    // (node, side) → (where it leads, edge, whether it is the edge's start)
    let mut sides: BTreeMap<(usize, usize), Vec<(f32, usize, bool)>> = BTreeMap::new();
    for (e, chain) in chains.iter().enumerate() {
        let (first, second) = (chain[0], chain[1]);
        let (last, before) = (chain[chain.len() - 1], chain[chain.len() - 2]);
        let side = |at: usize, next: usize| usize::from(column[next] >= column[at]);
        sides
            .entry((first, side(first, second)))
            .or_default()
            .push((y(second), e, true));
        sides
            .entry((last, side(last, before)))
            .or_default()
            .push((y(before), e, false));
    }
    let mut ends: BTreeMap<(usize, bool), (f32, f32)> = BTreeMap::new();
    for ((node, side), mut ports) in sides {
        ports.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let placed = &boxes[node];
        let room = (placed.height - 8.0).max(0.0);
        let step = (room / ports.len() as f32).min(PORT * 1.6);
        let x = placed.x + side as f32 * WIDTH;
        for (n, (_, e, start)) in ports.iter().enumerate() {
            let shift = (n as f32 - (ports.len() - 1) as f32 / 2.0) * step;
            ends.insert((*e, *start), (x, placed.y + shift));
        }
    }
    chains
        .iter()
        .enumerate()
        .map(|(e, chain)| {
            let end = |start| ends.get(&(e, start)).copied().unwrap_or((0.0, 0.0));
            let (first, last) = (column[chain[0]], column[chain[chain.len() - 1]]);
            // The outer edge of the zone on one side of a column.
            let outer = |c: usize, right: bool| {
                let zone = &zones[c];
                if right {
                    zone.x + WIDTH + zone.after
                } else {
                    zone.x - zone.before
                }
            };
            let rightwards = first <= last;
            let (from, to) = (end(true), end(false));
            if first == last {
                // Behind the last column, the zone holds the bows too.
                let bow = if first + 1 == zones.len() { BOWS } else { 0.0 };
                let x = outer(first, true) - bow;
                return vec![from, (x, from.1), (x, to.1), to];
            }
            let mut points = vec![from, (outer(first, rightwards), from.1)];
            for &i in &chain[1..chain.len() - 1] {
                points.push((outer(column[i], !rightwards), y(i)));
                points.push((outer(column[i], rightwards), y(i)));
            }
            points.push((outer(last, !rightwards), to.1));
            points.push(to);
            points
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn boxes_of_a_column_do_not_overlap() {
        let view = harbour();
        let layout = lay_out(&view);
        for (i, a) in layout.boxes.iter().enumerate() {
            for b in &layout.boxes[i + 1..] {
                assert!(
                    a.column != b.column
                        || (a.y - b.y).abs() + 0.01 >= f32::midpoint(a.height, b.height),
                    "{:?} on {:?}",
                    a.lines,
                    b.lines
                );
            }
        }
        assert_eq!(layout.routes.len(), view.edges.len());
    }

    /// Two harbours with one tie between them, and an isle alone.
    fn two_harbours() -> GraphView {
        let mut view = harbour();
        let (count, ties) = (view.nodes.len(), view.edges.len());
        for i in 0..count {
            let mut node = view.nodes[i].clone();
            node.iri.push_str("/2");
            view.nodes.push(node);
        }
        for i in 0..ties {
            let mut edge = view.edges[i].clone();
            edge.from += count;
            edge.to += count;
            view.edges.push(edge);
        }
        let mut tie = view.edges[0].clone();
        tie.to += count;
        view.edges.push(tie);
        view.layout = Order::Groups;
        view
    }

    #[test]
    fn a_frame_encloses_its_members_and_nothing_else() {
        let view = two_harbours();
        let layout = lay_out(&view);
        let groups = groups(&view);
        assert!(groups.names.len() > 1, "{groups:?}");
        assert_eq!(layout.frames.len(), groups.names.len());
        for (number, frame) in layout.frames.iter().enumerate() {
            assert_eq!(frame.name, groups.names[number]);
            let [x, y, width, height] = frame.place;
            for (placed, group) in layout.boxes.iter().zip(&groups.of) {
                let (top, bottom) = (
                    placed.y - placed.height / 2.0,
                    placed.y + placed.height / 2.0,
                );
                let within =
                    placed.x > x && placed.x + WIDTH < x + width && top > y && bottom < y + height;
                let apart = bottom < y || top > y + height;
                if *group == Some(number) {
                    assert!(within, "{:?} is not in {}", placed.lines, frame.name);
                } else {
                    assert!(apart, "{:?} is in {}", placed.lines, frame.name);
                }
            }
        }
        for pair in layout.frames.windows(2) {
            let [upper, lower] = [pair[0].place, pair[1].place];
            assert!(upper[1] + upper[3] < lower[1], "frames overlap");
        }
    }

    #[test]
    fn no_label_stands_on_another_or_under_a_bend() {
        let mut view = two_harbours();
        for order in [Order::Ties, Order::Time, Order::Groups] {
            view.layout = order;
            let layout = lay_out(&view);
            let labels: Vec<[f32; 4]> = view
                .edges
                .iter()
                .zip(&layout.routes)
                .map(|(edge, route)| {
                    let (from, width) = (route[0], width_of(&edge.label));
                    let x = if route[1].0 > from.0 {
                        from.0 + ASIDE
                    } else {
                        from.0 - ASIDE - width
                    };
                    [x, from.1 - SMALL / 2.0, x + width, from.1 + SMALL / 2.0]
                })
                .collect();
            let apart = |a: &[f32; 4], b: &[f32; 4]| {
                a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]
            };
            for (i, label) in labels.iter().enumerate() {
                assert!(labels[i + 1..].iter().all(|other| apart(label, other)));
                for route in &layout.routes {
                    for bend in route.windows(2).skip(1).step_by(2) {
                        let (left, right) = (bend[0].0.min(bend[1].0), bend[0].0.max(bend[1].0));
                        // What bends runs beside the zone of the label.
                        assert!(label[2] <= left || label[0] >= right, "{label:?} {bend:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_name_fits_its_frame() {
        assert_eq!(fitted("Harbour Office", 200.0, NAME), "Harbour Office");
        assert_eq!(fitted("Harbour Office", 70.0, NAME), "Harbour Of…");
    }

    #[test]
    fn order_holds_and_wishes_are_met_where_free() {
        assert_eq!(in_order(&[0.0, 100.0], &[10.0, 10.0]), [0.0, 100.0]);
        assert_eq!(in_order(&[50.0, 50.0], &[10.0, 10.0]), [45.0, 55.0]);
        assert_eq!(in_order(&[], &[]), [0.0f32; 0]);
    }
}
