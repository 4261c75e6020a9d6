import { shareReplay, type MonoTypeOperatorFunction } from 'rxjs';

/** Shared while somebody looks, and the newest is there for who comes later. */
export const kept = <T>(): MonoTypeOperatorFunction<T> => shareReplay({ bufferSize: 1, refCount: true });
