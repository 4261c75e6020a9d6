import L from 'leaflet';
import type { Frame } from './Frame.js';
import { frameOf } from './frameOf.js';

export type Draw = (context: CanvasRenderingContext2D, frame: Frame) => void;

/** A layer of a map that is one canvas over all that is in sight, drawn again when that changes, and when told to: once a frame at most. */
export class CanvasLayer extends L.Layer {
  private readonly canvas = document.createElement('canvas');
  private map: L.Map | undefined;
  private frame = 0;
  private drawn: Frame | undefined;

  private readonly now = (): void => {
    const { map, canvas } = this;
    if (map === undefined) return;
    const frame = frameOf(map);
    const { width, height } = frame;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const sharp = window.devicePixelRatio;
    const [across, down] = [Math.round(width * sharp), Math.round(height * sharp)];
    const isSized = canvas.width === across && canvas.height === down;
    if (this.frame === 0 && isSized && this.drawn !== undefined && isSame(this.drawn, frame)) return; // a move is told more than once
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.drawn = frame;
    if (!isSized) {
      canvas.width = across;
      canvas.height = down;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d')!;
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, width, height);
    this.draw(context, frame);
  };

  constructor(private readonly draw: Draw, private readonly pane: string) {
    super();
    this.canvas.className = 'leaflet-zoom-hide';
    this.canvas.setAttribute('aria-hidden', 'true');
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    (map.getPane(this.pane) ?? map.createPane(this.pane)).append(this.canvas);
    map.on('move zoomend viewreset resize', this.now);
    this.now();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off('move zoomend viewreset resize', this.now);
    cancelAnimationFrame(this.frame);
    this.canvas.remove();
    this.map = undefined;
    this.drawn = undefined;
    return this;
  }

  /** Draws in the next frame. */
  redraw(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => { this.now(); });
  }
}

const isSame = (a: Frame, b: Frame) =>
  a.scale === b.scale && a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
